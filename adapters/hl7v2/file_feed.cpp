#include "adapters/hl7v2/file_feed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "adapters/common/program.hpp"
#include "adapters/hl7v2/adt_mapper.hpp"
#include "adapters/hl7v2/charset.hpp"
#include "adapters/hl7v2/file_messages.hpp"
#include "adapters/hl7v2/framer.hpp"
#include "proto/base/clock.hpp"
#include "washup/v1/ingest.pb.h"

namespace washup::hl7v2 {
namespace {

namespace fs = std::filesystem;

std::string shown(std::string_view raw) {
    auto text = to_utf8(trimmed(raw), {});
    for (char& c : text) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    return text.empty() ? "-" : text;
}

std::string type_of(Header const& header) {
    auto const type = part(header.field(9), header.delimiters.component, 1);
    auto const event = part(header.field(9), header.delimiters.component, 2);
    return shown(std::string{type} + (event.empty() ? "" : "^") + std::string{event});
}

std::string outcome_words(Taken const& taken) {
    auto const& outcome = taken.outcome;
    if (!taken.durable) return "not stored: " + outcome.words;
    std::string out;
    switch (outcome.outcome) {
        case v1::IngestAnswer::INBOX:
            out = "kept in the inbox";
            break;
        case v1::IngestAnswer::COUNTED:
            out = "counted";
            break;
        default:
            out = "accepted";
            break;
    }
    if (taken.record != 0) out += fmt::format(" at {}", taken.record);
    if (taken.duplicate) out += " (came before)";
    if (!outcome.field.empty()) out += ": " + outcome.field;
    if (!outcome.words.empty()) out += ": " + outcome.words;
    return out;
}

}  // namespace

Result<std::vector<fs::path>> files_of(std::vector<std::string> const& paths) {
    std::vector<fs::path> out;
    for (auto const& text : paths) {
        std::error_code error;
        if (fs::is_directory(text, error)) {
            std::vector<fs::path> inside;
            fs::recursive_directory_iterator at{text, error};
            for (fs::recursive_directory_iterator const end; !error && at != end;) {
                std::error_code gone;  // meanwhile: then it is no file of the folder
                if (at->is_regular_file(gone)) inside.push_back(at->path());
                at.increment(error);
            }
            if (error) return io_error(text + " cannot be read: " + error.message());
            std::sort(inside.begin(), inside.end());
            out.insert(out.end(), inside.begin(), inside.end());
        } else if (fs::is_regular_file(text, error)) {
            out.emplace_back(text);
        } else {
            return io_error(text + " is no file that can be read");
        }
    }
    return out;
}

Result<std::string> read_file(fs::path const& file) {
    std::error_code error;
    auto const size = fs::file_size(file, error);
    if (error) return io_error(file.string() + " cannot be read: " + error.message());
    if (size > file_bytes_max) return io_error(file.string() + " is larger than 2 GiB; split it");
    std::ifstream in{file, std::ios::binary};
    std::string bytes(size, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    if (bytes.size() != size) return io_error(file.string() + " cannot be read");
    return bytes;
}

int dry_run(std::vector<fs::path> const& files, ProfileSet const& profiles,
            std::string const& profile, std::FILE* out) {
    int exit_code = adapters::exit_ok;
    v1::Observation observation;
    for (auto const& file : files) {
        auto const bytes = read_file(file);
        if (!bytes) {
            fmt::print(stderr, "{}\n", bytes.error().words);
            return adapters::exit_findings;
        }
        auto const found = messages_of_file(*bytes);
        for (auto const& raw : found.messages) {
            auto const header = read_header(raw);
            auto const& chosen = profiles.choose(profile, header->value(3), header->value(4));
            map_octets(raw, *header, chosen, system_now(), observation);
            auto line = fmt::format("{}\t{}\t{} [{}]", shown(header->control_id()),
                                    type_of(*header), describe(observation), chosen.name);
            for (auto const& entry : observation.unreadable()) {
                line += fmt::format("; without {}: {}", entry.field(), entry.words());
            }
            fmt::print(out, "{}\n", line);
        }
        for (auto const& fault : found.faults) {
            fmt::print(out, "-\t-\trefused: {}: {}\n", file.string(), fault);
            exit_code = adapters::exit_findings;
        }
    }
    return exit_code;
}

FileFeed::FileFeed(boost::asio::io_context& io, Intake& intake, std::vector<fs::path> files,
                   Duration daemon_within)
    : intake_(intake),
      files_(files.begin(), files.end()),
      daemon_within_(daemon_within),
      timer_(io) {}

void FileFeed::start(std::function<void(int)> done) {
    done_ = std::move(done);
    wait_for_daemon();
    changed();
}

void FileFeed::wait_for_daemon() {
    timer_.expires_after(std::chrono::milliseconds(daemon_within_.ms));
    timer_.async_wait([this](boost::system::error_code error) {
        if (error || intake_.daemon_there()) return;
        fmt::print(stderr,
                   "the daemon does not answer; what was not acknowledged is sent again "
                   "when this is run again\n");
        finish(adapters::exit_daemon_away);
    });
}

void FileFeed::changed() {
    if (!done_) return;
    auto const there = intake_.daemon_there();
    if (there) timer_.cancel();
    if (!there && was_there_) wait_for_daemon();
    was_there_ = there;
    if (there) feed();
}

void FileFeed::feed() {
    if (feeding_) return;  // an outcome that comes at once leads here again
    feeding_ = true;
    while (lines_.size() < file_under_way_max && intake_.has_room()) {
        if (messages_.empty() && !next_file()) break;
        if (messages_.empty()) continue;
        auto raw = std::move(messages_.front());
        messages_.pop_front();
        take(std::move(raw));
    }
    feeding_ = false;
    print_ready();
}

bool FileFeed::next_file() {
    if (files_.empty()) return false;
    auto const file = files_.front();
    files_.pop_front();
    auto const bytes = read_file(file);
    if (!bytes) {
        fmt::print(stderr, "{}\n", bytes.error().words);
        found_fault_ = true;
        return true;
    }
    auto found = messages_of_file(*bytes);
    for (auto& message : found.messages) messages_.push_back(std::move(message));
    for (auto const& fault : found.faults) {
        found_fault_ = true;
        auto const line = std::make_shared<Line>();
        *line = {"-", "-", fmt::format("refused: {}: {}", file.string(), fault), true};
        lines_.push_back(line);
    }
    return true;
}

void FileFeed::take(std::string raw) {
    auto const header = read_header(raw);
    auto const line = std::make_shared<Line>();
    lines_.push_back(line);
    line->control_id = shown(header->control_id());
    line->type = type_of(*header);
    intake_.take(std::move(raw), *header, [this, line](Taken const& taken) {
        line->outcome = outcome_words(taken);
        line->ready = true;
        if (!taken.durable) found_fault_ = true;
        print_ready();
    });
}

void FileFeed::print_ready() {
    while (!lines_.empty() && lines_.front()->ready) {
        auto const& line = *lines_.front();
        fmt::print("{}\t{}\t{}\n", line.control_id, line.type, line.outcome);
        lines_.pop_front();
    }
    std::fflush(stdout);
    if (lines_.empty() && messages_.empty() && files_.empty() && !intake_.owes()) {
        finish(found_fault_ ? adapters::exit_findings : adapters::exit_ok);
    }
}

void FileFeed::finish(int exit_code) {
    timer_.cancel();
    if (auto const done = std::exchange(done_, nullptr)) done(exit_code);
}

}  // namespace washup::hl7v2
