// What one event costs, and what one live stay takes of memory, with few stays and with many: both
// should hardly change. Engine and reader of the daemon in this process, without sockets and disk,
// fed with the load of frames.hpp; processor time, not the wall's. Memory is what the allocator has
// given out for one fold; the daemon holds two.

#include <malloc.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <vector>

#include <fmt/format.h>

#include "daemon/engine/engine.hpp"
#include "daemon/journal/state_image.hpp"
#include "daemon/reader/reader.hpp"
#include "daemon/settings/settings.hpp"
#include "proto/base/check.hpp"
#include "proto/base/clock.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/bench/frames.hpp"
#include "washup/v1/ingest.pb.h"

namespace {

using namespace washup;

constexpr std::size_t records_a_round = 256;

double processor_us() {
    rusage used{};
    getrusage(RUSAGE_THREAD, &used);
    auto const us = [](timeval const& part) {
        return static_cast<double>(part.tv_sec) * 1e6 + static_cast<double>(part.tv_usec);
    };
    return us(used.ru_utime) + us(used.ru_stime);
}

std::size_t memory_given_out() {
    return mallinfo2().uordblks;
}

class House {
  public:
    House(core::Config const& config, Instant now)
        : sealer_(journal::Sealer::from_key(std::string(32, 'k'))),
          engine_(core::State{}, sealer_, 1),
          reader_(core::State{}, "bench"),
          now_(now) {
        step(engine::ConfigRead{config, blake2b_256("config")});
        step(engine::ClockAdvanced{});
        round();
    }

    void hello(bench::Load const& load) {
        auto message = std::make_shared<v1::SourceHello>();
        message->set_source(load.source);
        message->set_epoch(load.epoch);
        step(engine::HelloReceived{"bench", message});
        round();
    }
    // The same way as in the daemon: parse, decide, tell it durable, and what the reader makes.
    void feed(std::string const& bytes) {
        auto const begun = processor_us();
        auto const frame = wire::decode(bytes);
        auto record = std::make_shared<v1::IngestRecord>();
        WASHUP_CHECK(frame && wire::parse(*frame, *record), "the load is made of whole frames");
        step(engine::RecordReceived{"bench", std::move(record)});
        engine_us += processor_us() - begun;
        if (records_.size() >= records_a_round) round();
    }
    void round() {
        auto begun = processor_us();
        step(engine::Durable{engine_.state().head});
        engine_us += processor_us() - begun;
        begun = processor_us();
        std::vector<reader::Outgoing> out;
        reader_.apply(std::exchange(records_, {}), out);
        reader_us += processor_us() - begun;
    }
    // Of one fold: written out and read back, so that it shares nothing with the others.
    double kib_of_the_state() {
        auto const octets = journal::encode_state(engine_.state());
        auto const before = memory_given_out();
        auto state = journal::decode_state(octets);
        WASHUP_CHECK(state.has_value(), "an image can be read");
        sealer_.open_state(*state);
        return static_cast<double>(memory_given_out() - before) / 1024;
    }

    double engine_us = 0, reader_us = 0;

  private:
    void step(engine::Input const& input) {
        std::vector<engine::Action> actions;
        engine_.step(input, now_, actions);
        for (auto& action : actions) {
            if (auto* append = std::get_if<engine::Append>(&action)) {
                records_.push_back(std::move(append->record));
            }
        }
    }

    journal::Sealer sealer_;
    engine::Engine engine_;
    reader::Reader reader_;
    std::vector<reader::Reader::SharedRecord> records_;
    Instant now_;
};

void measure(core::Config const& config, std::uint64_t stays, std::uint64_t events) {
    auto const now = system_now();
    bench::Load const load{"bench", "epoch", now - hours(6), stays};
    House house{config, now};
    house.hello(load);
    for (std::uint64_t first = 1; first <= stays; first += 1000) {
        auto const count = std::min<std::uint64_t>(1000, stays - first + 1);
        for (auto const& frame : bench::make_frames(load, first, count)) house.feed(frame);
    }
    house.round();
    auto const kib_new = house.kib_of_the_state() / static_cast<double>(stays);
    house.engine_us = house.reader_us = 0;
    for (std::uint64_t done = 0; done < events; done += 1000) {
        for (auto const& frame : bench::make_frames(load, stays + done + 1, 1000)) {
            house.feed(frame);
        }
    }
    house.round();
    auto const kib_after = house.kib_of_the_state() / static_cast<double>(stays);
    auto const each = [&](double us) { return us / static_cast<double>(events); };
    fmt::print(
        "{{\"stays\": {}, \"events\": {}, \"engine_us_an_event\": {:.1f}, "
        "\"reader_us_an_event\": {:.1f}, \"kib_a_new_stay\": {:.1f}, "
        "\"kib_a_stay_after\": {:.1f}}}\n",
        stays, events, each(house.engine_us), each(house.reader_us), kib_new, kib_after);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{"bench_stays: what an event costs with few live stays and with many."};
    std::string file;
    std::vector<std::uint64_t> numbers{100, 1'000, 5'000, 20'000};
    std::uint64_t events = 20'000;
    app.add_option("--config", file, "the site file")->required();
    app.add_option("--stays", numbers, "live stays, one run each");
    app.add_option("--events", events, "measured, after the admissions");
    CLI11_PARSE(app, argc, argv);
    config::Faults faults;
    auto const settings = settings::load_settings(file, faults);
    if (!settings) return std::fprintf(stderr, "bench_stays: %s cannot be read\n", file.c_str()), 2;
    for (auto const stays : numbers) measure(settings->config, stays, events);
    return 0;
}
