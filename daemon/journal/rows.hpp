#pragma once
// The rows of a journal's file as they lie there, believed in nothing: for those who look after a
// journal. Reads beside a running daemon too. The daemon itself reads by Journal::read.

#include <filesystem>
#include <functional>
#include <string_view>

#include "daemon/journal/journal_meta.hpp"
#include "proto/base/time.hpp"

namespace washup::journal {

struct RowView {
    core::RecordNumber number;
    Instant at;
    std::string_view body, digest;  // until the visitor returns
};

class Rows {
  public:
    // A journal.db or a copy of one. Error: as of read_meta, or it cannot be opened.
    static Result<Rows> open(std::filesystem::path const& file);

    Meta const& meta() const { return meta_; }
    // "it has 4096 octets of 8192"; empty when the file is as long as its first page says.
    std::string const& cut() const { return cut_; }

    struct Ends {
        core::RecordNumber first, last;  // none when empty
        Instant first_at, last_at;
    };
    Result<Ends> ends();

    // In order of their numbers; `visit` says whether to go on. Error: its own, or of the file.
    Result<void> each(core::RecordNumber from,
                      std::function<Result<bool>(RowView const&)> const& visit);

  private:
    Rows(Connection db, Meta meta) : db_(std::move(db)), meta_(std::move(meta)) {}
    Connection db_;
    Meta meta_;
    std::string cut_;
};

}  // namespace washup::journal
