// What it costs to look through a whole journal and to fold it, beside the least that it can cost:
// a scan of the same rows, a hash over the same octets, the same boxes opened, and nothing else.
// In one run, on one journal, in turns, so that a busy machine slows all of them.

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <vector>

#include <fmt/format.h>

#include "daemon/engine/recover.hpp"
#include "daemon/journal/chain.hpp"
#include "daemon/journal/checkpoint_log.hpp"
#include "daemon/journal/codec.hpp"
#include "daemon/journal/rows.hpp"
#include "daemon/journal/sqlite_journal.hpp"
#include "daemon/journal/state_image.hpp"
#include "daemon/journal/verify.hpp"
#include "daemon/journal/wire_types.hpp"

namespace {

using namespace washup;

template <class T>
T must(Result<T> result, char const* what) {
    if (!result) throw std::runtime_error(fmt::format("{}: {}", what, result.error().words));
    return std::move(*result);
}

template <class T, class Visit>
void each_box(T& value, Visit const& visit) {
    using namespace journal;
    if constexpr (std::is_same_v<T, core::Sealed>) {
        visit(value.box);
    } else if constexpr (is_variant<T>) {
        std::visit([&](auto& kind) { each_box(kind, visit); }, value);
    } else if constexpr (is_optional<T>) {
        if (value) each_box(*value, visit);
    } else if constexpr (is_repeated<T>) {
        for (auto& each : value) each_box(each, visit);
    } else if constexpr (is_tuple<T>) {
        std::apply([&](auto&... part) { (each_box(part, visit), ...); }, value);
    } else if constexpr (core::Described<T>) {
        T::describe(value, [&](int, auto& part) { each_box(part, visit); });
    }
}

// Where the boxes of every record lie within its body; found before the clock starts.
struct Boxes {
    std::vector<std::size_t> begin;  // per record, into `at`
    std::vector<std::pair<std::uint32_t, std::uint32_t>> at;
};

Boxes find_boxes(std::string const& file) {
    Boxes boxes;
    auto rows = must(journal::Rows::open(file), "open");
    auto const read = rows.each(core::RecordNumber{1}, [&](auto const& row) -> Result<bool> {
        boxes.begin.push_back(boxes.at.size());
        auto record = must(journal::decode_record(row.body), "decode");
        std::size_t from = 0;
        for (auto& event : record.events) {
            each_box(event, [&](Bytes const& box) {
                if (box.empty()) return;
                auto const found = row.body.find(box, from);
                boxes.at.emplace_back(static_cast<std::uint32_t>(found),
                                      static_cast<std::uint32_t>(box.size()));
            });
        }
        return true;
    });
    if (!read) throw std::runtime_error(read.error().words);
    boxes.begin.push_back(boxes.at.size());
    return boxes;
}

struct Journal {
    std::string data_dir;
    journal::Sealer sealer;
    Boxes boxes;
    std::string file() const { return data_dir + "/journal.db"; }
};

// Scan, hash, open.
std::uint64_t floor_of(Journal const& of) {
    auto db = must(journal::connect(of.file(), nullptr), "open");
    auto rows =
        must(db.prepare("SELECT number, at, body, digest FROM record ORDER BY number"), "prepare");
    std::uint64_t count = 0, wrong = 0;
    Digest128 before;
    while (must(rows.step(), "step")) {
        auto const body = rows.octets(2);
        before = journal::chain_next(before, core::RecordNumber{count + 1}, Instant{rows.number(1)},
                                     body);
        for (auto i = of.boxes.begin[count]; i < of.boxes.begin[count + 1]; ++i) {
            auto const [at, size] = of.boxes.at[i];
            if (!of.sealer.open(body.substr(at, size))) ++wrong;
        }
        ++count;
    }
    if (wrong != 0) throw std::runtime_error("a box does not open");
    return count;
}

std::uint64_t verify(Journal const& of) {
    auto checkpoints = must(journal::CheckpointLog::text_of(of.data_dir), "checkpoints");
    auto const report = must(journal::verify({of.file(), std::move(checkpoints), {}}), "verify");
    if (!report.sound()) throw std::runtime_error("the journal is not sound");
    return report.good;
}

// Until a daemon could serve; what it costs to let go of the State is not part of a start.
std::optional<engine::Recovered> recovered;

// A start reads the keys of persons first.
std::unique_ptr<journal::Journal> open_with_keys(Journal const& of) {
    auto journal = must(journal::open_sqlite_journal({of.data_dir}), "open");
    if (auto const taken = engine::take_keys(*journal, of.sealer); !taken) {
        throw std::runtime_error(taken.error().words);
    }
    return journal;
}

std::uint64_t replay(Journal const& of) {
    auto const journal = open_with_keys(of);
    recovered = must(engine::recover(*journal, of.sealer), "replay");
    return recovered->state.head.value();
}

std::uint64_t from_image(Journal const& of) {
    auto const journal = open_with_keys(of);
    journal::StateImages const images{of.data_dir, of.sealer};
    auto image = images.newest(journal->info().head, *journal);
    if (!image) throw std::runtime_error("there is no image");
    recovered = must(engine::recover(*journal, of.sealer, std::move(image)), "replay");
    return recovered->state.head.value();
}

// By the clock on the wall, and of all processors: on a busy machine the first says little.
struct Spent {
    double wall = 0, processor = 0;
};
double processor_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

Spent spent_by(std::function<std::uint64_t()> const& work) {
    auto const begun = std::chrono::steady_clock::now();
    auto const worked = processor_seconds();
    work();
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(),
            processor_seconds() - worked};
}

double middle(std::vector<Spent> const& all, double Spent::*of) {
    std::vector<double> sorted;
    for (auto const& one : all) sorted.push_back(one.*of);
    std::sort(sorted.begin(), sorted.end());
    return sorted[sorted.size() / 2];
}

struct Work {
    char const* name;
    std::uint64_t (*run)(Journal const&);
    std::vector<Spent> spent{};
};

void print(Journal const& of, std::vector<Work> const& all) {
    fmt::print(R"({{"records": {}, "boxes": {})", of.boxes.begin.size() - 1, of.boxes.at.size());
    for (auto const& work : all) {
        fmt::print(R"(, "{0}_s": {1:.3f}, "{0}_processor_s": {2:.3f})", work.name,
                   middle(work.spent, &Spent::wall), middle(work.spent, &Spent::processor));
    }
    for (auto const& work : all) {
        auto const& floor = all.front();
        fmt::print(R"(, "{0}_ratio": {1:.3f}, "{0}_processor_ratio": {2:.3f})", work.name,
                   middle(floor.spent, &Spent::wall) / middle(work.spent, &Spent::wall),
                   middle(floor.spent, &Spent::processor) / middle(work.spent, &Spent::processor));
    }
    fmt::print("}}\n");
}

void run(std::string const& data_dir, int rounds, std::vector<std::string> const& only) {
    Journal const of{data_dir, must(journal::Sealer::open_or_make(data_dir), "site key"),
                     find_boxes(data_dir + "/journal.db")};
    open_with_keys(of)->close();  // the floor opens boxes too
    std::vector<Work> all{
        {"floor", floor_of}, {"verify", verify}, {"replay", replay}, {"from_image", from_image}};
    std::erase_if(all, [&](Work const& work) {
        return !only.empty() && std::find(only.begin(), only.end(), work.name) == only.end();
    });
    for (int round = 0; round < rounds; ++round) {
        for (auto& work : all) {
            recovered.reset();
            std::fprintf(stderr, "bench_replay: round %d, %s\n", round + 1, work.name);
            work.spent.push_back(spent_by([&] { return work.run(of); }));
        }
    }
    print(of, all);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"bench_replay: verify and cold replay beside scan + hash + open."};
    std::string data;
    std::vector<std::string> only;
    int rounds = 3;
    app.add_option("--data", data, "data directory of a journal (make_journal)")->required();
    app.add_option("--rounds", rounds, "the middle one of so many counts")->capture_default_str();
    app.add_option("--only", only, "floor, verify, replay or from_image; for a profiler");
    CLI11_PARSE(app, argc, argv);
    try {
        run(data, rounds, only);
    } catch (std::exception const& error) {
        return std::fprintf(stderr, "bench_replay: %s\n", error.what()), 1;
    }
    return 0;
}
