#include "daemon/journal/checkpoint_log.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "daemon/journal/files.hpp"
#include "proto/base/log.hpp"

namespace washup::journal {
namespace {

std::filesystem::path file_of(std::filesystem::path const& data_dir) {
    return data_dir / "checkpoints.log";
}

Result<void> append(std::filesystem::path const& file, std::string_view line) {
    Descriptor const fd{
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR)};
    if (!fd) return system_error("open", file);
    auto const before = ::lseek(fd.get(), 0, SEEK_END);
    if (write_whole(fd.get(), line) && ::fsync(fd.get()) == 0) return {};
    auto const failed = system_error("write", file);
    // The next line must not be glued to half of this one.
    if (::ftruncate(fd.get(), before) != 0) log_warn("checkpoint_cut_short", "file", file.string());
    return failed;
}

// The last line of the text, which ends with one.
std::string_view last_line(std::string_view text) {
    text.remove_suffix(1);
    auto const before = text.find_last_of('\n');
    return before == std::string_view::npos ? text : text.substr(before + 1);
}

}  // namespace

std::optional<Checkpoint> newest_checkpoint(std::string_view text, std::string const& origin) {
    while (!text.empty()) {
        if (text.back() == '\n') {
            text.remove_suffix(1);
            continue;
        }
        auto const begin = text.find_last_of('\n') + 1;  // npos + 1 = 0
        auto said = read_checkpoint(text.substr(begin));
        if (said && said->origin == origin) return std::move(*said);
        text = text.substr(0, begin);
    }
    return std::nullopt;
}

Result<CheckpointLog> CheckpointLog::open(std::filesystem::path const& data_dir,
                                          JournalInfo const& journal) {
    auto signer = CheckpointSigner::open_or_make(data_dir);
    if (!signer) return signer.error();
    CheckpointLog log{file_of(data_dir), std::move(*signer)};
    auto text = text_of(data_dir);
    if (!text) return text.error();
    if (!text->empty() && text->back() != '\n') {  // nobody was told of a line that is not whole
        log_warn("checkpoint_cut_short", "file", log.file_.string());
        text->resize(text->find_last_of('\n') + 1);  // npos + 1 = 0
        if (::truncate(log.file_.c_str(), static_cast<off_t>(text->size())) != 0) {
            return system_error("shorten", log.file_);
        }
    }
    if (text->empty()) return log;
    auto const last = read_checkpoint(last_line(*text));
    auto const doubt = !last                            ? last.error().words
                       : last->origin != journal.origin ? std::string{"is of another journal"}
                       : last->number > journal.head
                           ? fmt::format("witnesses record {}, and the journal ends at {}",
                                         last->number.value(), journal.head.value())
                           : std::string{};
    if (doubt.empty()) {
        log.signed_ = last->number;
    } else {
        log_warn("checkpoint_doubtful", "file", log.file_.string(), "last_line", doubt, "next",
                 "see `washupd journal verify`");
    }
    return log;
}

Result<std::string> CheckpointLog::text_of(std::filesystem::path const& data_dir) {
    auto text = read_file(file_of(data_dir));
    if (!text) return text.error();
    return *text ? std::move(**text) : std::string{};
}

Result<core::RecordNumber> CheckpointLog::set_aside_beyond(std::filesystem::path const& data_dir,
                                                           std::string const& origin,
                                                           core::RecordNumber head,
                                                           std::string const& epoch) {
    auto const file = file_of(data_dir);
    auto const text = text_of(data_dir);
    if (!text) return text.error();
    core::RecordNumber highest;
    std::string staying;
    for (std::string_view rest = *text; !rest.empty();) {
        auto const line = rest.substr(0, rest.find('\n') + 1);  // all of it when there is none
        auto const whole = line.empty() ? rest : line;
        rest.remove_prefix(whole.size());
        auto const said = read_checkpoint(whole.substr(0, whole.find('\n')));
        if (!said || said->origin != origin) continue;
        highest = std::max(highest, said->number);
        if (said->number <= head) staying += whole;
    }
    if (highest <= head) return core::RecordNumber{};
    auto const aside = data_dir / ("checkpoints.before-" + epoch + ".log");
    std::error_code failed;
    std::filesystem::rename(file, aside, failed);
    if (failed) return system_error("rename", file);
    if (!staying.empty()) {
        if (auto const kept = append(file, staying); !kept) return kept.error();
    }
    return highest;
}

Result<void> CheckpointLog::look(Journal& journal, core::RecordNumber head, Instant at,
                                 SteadyInstant now, bool now_or_never) {
    if (head <= signed_) return {};
    auto const due = head.value() - signed_.value() >= checkpoint_every_records ||
                     now - signed_at_ >= checkpoint_every || now_or_never;
    if (!due) return {};
    auto const chain = journal.digest_at(head);
    if (!chain) return chain.error();
    auto const line = signer_.sign({journal.info().origin, head, at, *chain, {}}) + '\n';
    if (auto const written = append(file_, line); !written) return written.error();
    signed_ = head;
    signed_at_ = now;
    return {};
}

}  // namespace washup::journal
