#pragma once
// `washupctl journal ...` is `washupd journal ...`: the work on a journal's file is the daemon's
// code, which this program must not hold; an operator needs to know one name.

namespace washup::board::ctl {

// Becomes the washupd beside this program, with the same words. Comes back only when it cannot:
// the exit code then.
int become_washupd(char** argv);

}  // namespace washup::board::ctl
