#include "daemon/journal/verify.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "daemon/journal/rows.hpp"

namespace washup::journal {

std::vector<Checkpoint> read_checkpoints(std::string_view text, std::string const& origin,
                                         std::string const& public_key,
                                         std::vector<std::string>& doubtful) {
    std::vector<Checkpoint> found;
    std::size_t line_number = 0;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        auto const line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++line_number;
        if (line.empty()) continue;
        auto said = read_checkpoint(line);
        auto const why = !said                    ? said.error().words
                         : said->origin != origin ? "is of another journal"
                         : !public_key.empty() && said->public_key != public_key
                             ? "is signed under another key"
                             : std::string{};
        if (why.empty()) {
            found.push_back(std::move(*said));
        } else {
            doubtful.push_back(fmt::format("line {} {}", line_number, why));
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](auto const& a, auto const& b) { return a.number < b.number; });
    return found;
}

Verifier::Verifier(std::string const& origin, std::vector<Checkpoint> checkpoints)
    : checkpoints_(std::move(checkpoints)), chain_(core::RecordNumber{1}, chain_start(origin)) {
    report_.origin = origin;
}

bool Verifier::fail(std::uint64_t first, std::uint64_t last, std::string words) {
    report_.fault = VerifyReport::Fault{first, last, std::move(words)};
    return false;
}

bool Verifier::take(core::RecordNumber number, Instant at, std::string_view body,
                    std::string_view digest) {
    if (report_.fault) return false;
    auto const expected = report_.good + 1;
    if (auto const record = chain_.take(number, at, body, digest); !record) {
        return fail(expected, expected, record.error().words);
    }
    for (; next_checkpoint_ < checkpoints_.size(); ++next_checkpoint_) {
        auto const& said = checkpoints_[next_checkpoint_];
        if (said.number > number) break;
        if (said.chain != chain_.digest()) {
            return fail(
                report_.witnessed + 1, number.value(),
                fmt::format("records {} to {} are not those that the checkpoint of record "
                            "{} witnessed: one or more were changed and the chain made anew",
                            report_.witnessed + 1, number.value(), number.value()));
        }
        report_.witnessed = number.value();
        ++report_.checkpoints;
    }
    ++report_.good;
    return true;
}

void Verifier::unreadable(std::string words) {
    if (!report_.fault) fail(report_.good + 1, report_.good + 1, std::move(words));
}

VerifyReport Verifier::finish() {
    if (!report_.fault && next_checkpoint_ < checkpoints_.size()) {
        auto const last = checkpoints_.back().number.value();
        fail(report_.good + 1, last,
             fmt::format("the journal ends at record {}, and a checkpoint witnessed records up to "
                         "{}: {} are gone",
                         report_.good, last, last - report_.good));
    }
    return std::move(report_);
}

Result<VerifyReport> verify(VerifyOptions const& options) {
    auto rows = Rows::open(options.file);
    if (!rows) return rows.error();
    auto const& meta = rows->meta();
    std::vector<std::string> doubtful;
    Verifier verifier{meta.origin, read_checkpoints(options.checkpoints, meta.origin,
                                                    options.public_key, doubtful)};
    auto const read = rows->each(core::RecordNumber{0}, [&](RowView const& row) -> Result<bool> {
        return verifier.take(row.number, row.at, row.body, row.digest);
    });
    if (!read && read.error().code == ErrorCode::unavailable) return read.error();
    if (!read) verifier.unreadable(read.error().words);
    auto report = verifier.finish();
    if (report.fault && !rows->cut().empty()) {
        report.fault->words =
            fmt::format("the file is cut: {}. {}", rows->cut(), report.fault->words);
    }
    report.epoch = meta.epoch;
    report.doubtful_lines = std::move(doubtful);
    return report;
}

}  // namespace washup::journal
