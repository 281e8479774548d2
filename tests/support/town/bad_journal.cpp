#include "tests/support/town/bad_journal.hpp"

#include <signal.h>
#include <sqlite3.h>

#include <fmt/format.h>

#include "daemon/journal/chain.hpp"
#include "proto/base/check.hpp"
#include "tests/support/free_ports.hpp"
#include "tests/support/town/adt.hpp"
#include "tests/support/town/town.hpp"

namespace washup::integration {
namespace {

namespace fs = std::filesystem;
using test_support::Finished;

constexpr int people = 130;  // more than image_at_stop_records, so that there is an image

std::string after(std::string const& text, std::string const& key) {
    auto const at = text.find(key);
    if (at == std::string::npos) return {};
    auto const from = at + key.size();
    return text.substr(from, text.find_first_of(" \n", from) - from);
}

GoodJournal make_good(Town& town) {
    WASHUP_CHECK(town.start_daemon(), "washupd starts");
    std::vector<std::string> files;
    for (int person = 1; person <= people; ++person) {
        auto const text = text_of({.control_id = fmt::format("B{}", person), .person = person});
        files.push_back(town.folder().write(fmt::format("{}.hl7", person), text));
    }
    WASHUP_CHECK(test_support::run(town.hl7_file(files)).status == 0, "washup-hl7 takes them");
    town.daemon().send_signal(SIGTERM);
    WASHUP_CHECK(town.daemon().wait(seconds(30)) == 0, "washupd stops when asked");
    WASHUP_CHECK(town.start_daemon(), "washupd starts again");
    town.daemon().send_signal(SIGTERM);
    WASHUP_CHECK(town.daemon().wait(seconds(30)) == 0, "washupd stops when asked");
    GoodJournal made;
    made.data_dir = town.folder().path() / "washupd";
    made.records = std::stoull(after(town.daemon().err(), "event=recovered records="));
    made.fingerprint = after(town.daemon().err(), "fingerprint=");
    return made;
}

class Database {
  public:
    explicit Database(fs::path const& file) {
        WASHUP_CHECK(sqlite3_open(file.c_str(), &db_) == SQLITE_OK, "the file opens");
    }
    ~Database() { sqlite3_close(db_); }
    void run(std::string const& text) {
        WASHUP_CHECK(sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK,
                     sqlite3_errmsg(db_));
    }
    sqlite3* get() const { return db_; }

  private:
    sqlite3* db_ = nullptr;
};

std::string blob(sqlite3_stmt* row, int column) {
    return {static_cast<char const*>(sqlite3_column_blob(row, column)),
            static_cast<std::size_t>(sqlite3_column_bytes(row, column))};
}

}  // namespace

GoodJournal const& good_journal() {
    static Town town;
    static GoodJournal const made = make_good(town);
    return made;
}

BadJournal::BadJournal() : data_(folder_.path() / "data") {
    fs::copy(good_journal().data_dir, data_, fs::copy_options::recursive);
}

void BadJournal::sql(std::string const& text) const {
    Database{db()}.run(text);
}

std::string BadJournal::content(std::string const& name) const {
    return test_support::read_file(data_ / name);
}

void BadJournal::put(std::string const& name, std::string const& content) const {
    std::error_code none;
    auto const mode =
        fs::exists(data_ / name, none) ? fs::status(data_ / name).permissions() : fs::perms{0600};
    fs::remove_all(data_ / name);
    folder_.write("data/" + name, content);
    fs::permissions(data_ / name, mode);
}

void BadJournal::flip(std::string const& name, std::size_t octet) const {
    auto bytes = content(name);
    WASHUP_CHECK(octet < bytes.size(), "the octet is there");
    bytes[octet] = static_cast<char>(bytes[octet] ^ 0x10);
    put(name, bytes);
}

void BadJournal::change_and_chain(std::uint64_t number, std::string const& append) const {
    Database db{this->db()};
    sqlite3_stmt* rows = nullptr;
    sqlite3_stmt* put = nullptr;
    auto const select = fmt::format(
        "SELECT number, at, body, digest FROM record WHERE number >= {} ORDER BY number",
        number - 1);
    WASHUP_CHECK(sqlite3_prepare_v2(db.get(), select.c_str(), -1, &rows, nullptr) == SQLITE_OK,
                 "rows");
    WASHUP_CHECK(
        sqlite3_prepare_v2(db.get(), "UPDATE record SET body = ?, digest = ? WHERE number = ?", -1,
                           &put, nullptr) == SQLITE_OK,
        "update");
    std::vector<journal::StoredRecord> all;
    while (sqlite3_step(rows) == SQLITE_ROW) {
        journal::StoredRecord row;
        row.number = core::RecordNumber{static_cast<std::uint64_t>(sqlite3_column_int64(rows, 0))};
        row.at = Instant{sqlite3_column_int64(rows, 1)};
        row.body = blob(rows, 2);
        auto const digest = blob(rows, 3);
        std::copy(digest.begin(), digest.end(), reinterpret_cast<char*>(row.digest.bytes.data()));
        all.push_back(std::move(row));
    }
    sqlite3_finalize(rows);
    all[1].body += append;
    for (std::size_t i = 1; i < all.size(); ++i) {
        auto& row = all[i];
        row.digest = journal::chain_next(all[i - 1].digest, row.number, row.at, row.body);
        auto const digest = as_bytes(row.digest);
        sqlite3_bind_blob64(put, 1, row.body.data(), row.body.size(), SQLITE_STATIC);
        sqlite3_bind_blob64(put, 2, digest.data(), digest.size(), SQLITE_STATIC);
        sqlite3_bind_int64(put, 3, static_cast<std::int64_t>(row.number.value()));
        WASHUP_CHECK(sqlite3_step(put) == SQLITE_DONE, "updated");
        sqlite3_reset(put);
    }
    sqlite3_finalize(put);
}

std::vector<std::string> BadJournal::with_prefix(std::vector<std::string> words) const {
    words.insert(words.begin(), prefix.begin(), prefix.end());
    return words;
}

Finished BadJournal::tool(std::vector<std::string> words) const {
    words.insert(words.begin(), {program("washupd"), "journal", "--data", data_.string()});
    return test_support::run(with_prefix(std::move(words)));
}

Finished BadJournal::serve(std::string const& stop_at) const {
    test_support::FreePorts const ports;
    test_support::Process daemon{
        with_prefix({program("washupd"), "--config", source_file("config/site/demo.toml"), "--data",
                     data_.string(), "--port", std::to_string(ports.base())})};
    if (daemon.wait_for(stop_at, seconds(60)) && daemon.running()) daemon.send_signal(SIGTERM);
    auto const status = daemon.wait(seconds(60));
    return {status.value_or(-1), daemon.out(), daemon.err()};
}

}  // namespace washup::integration
