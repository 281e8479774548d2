// What one record costs on the journal's thread and in replay: encode, decode, seal, chain, commit.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>

#include "daemon/journal/chain.hpp"
#include "daemon/journal/codec.hpp"
#include "daemon/journal/journal_file.hpp"
#include "daemon/journal/seal.hpp"

namespace {

using namespace washup;

// An update of a stay as a ward's feed sends it: six facts, two of them sealed.
core::Record update() {
    core::Record record;
    record.number = core::RecordNumber{123'456};
    record.at = Instant{1'700'000'000'000};
    record.cause.kind = core::CauseKind::source;
    record.cause.source = "ward";
    record.cause.epoch = "0123456789abcdef0123456789abcdef";
    record.cause.sequence = 99'123;
    record.cause.digest = Bytes(32, 'd');
    record.cause.record_name = "MSG00099123";
    record.cause.trigger = "A08";
    record.cause.outcome.code = "accepted";
    for (auto const field :
         {core::Field::name, core::Field::birth_date, core::Field::sex, core::Field::location,
          core::Field::expected_discharge, core::Field::admitted_at}) {
        core::FactObserved fact;
        fact.stay = core::StayId{4321};
        fact.person = core::PersonId{4322};
        fact.field = field;
        if (field == core::Field::name) fact.value.text.text = "HARROWGATE, Edith Mary";
        if (field == core::Field::birth_date) fact.value.text.text = "1941-03-09";
        if (field == core::Field::sex) fact.value.code = "F";
        if (field == core::Field::location) fact.value.location = {"STM", "FORD", "B2", "07"};
        if (field >= core::Field::admitted_at) fact.value.moment = Moment{record.at};
        fact.times = {Moment{record.at}, record.at, record.at};
        fact.source = "ward";
        record.events.emplace_back(fact);
    }
    return record;
}

journal::Sealer sealer() {
    return journal::Sealer::from_key(std::string(32, 'k'));
}

core::Record sealed_update() {
    auto record = update();
    for (auto& event : record.events) sealer().seal_event(event);
    return record;
}

void Encode(benchmark::State& state) {
    auto const record = sealed_update();
    std::size_t bytes = 0;
    for (auto _ : state) {
        auto const out = journal::encode_record(record);
        bytes = out.size();
        benchmark::DoNotOptimize(out.data());
    }
    state.counters["octets"] = static_cast<double>(bytes);
}
BENCHMARK(Encode);

void Decode(benchmark::State& state) {
    auto const bytes = journal::encode_record(sealed_update());
    for (auto _ : state) {
        auto record = journal::decode_record(bytes);
        benchmark::DoNotOptimize(record);
    }
}
BENCHMARK(Decode);

void Seal(benchmark::State& state) {
    auto const keys = sealer();
    auto record = update();
    for (auto _ : state) {
        for (auto& event : record.events) keys.seal_event(event);
        benchmark::DoNotOptimize(record);
    }
}
BENCHMARK(Seal);

void Open(benchmark::State& state) {
    auto const keys = sealer();
    auto record = sealed_update();
    for (auto _ : state) {
        for (auto& event : record.events) keys.open_event(event);
        benchmark::DoNotOptimize(record);
    }
}
BENCHMARK(Open);

void Chain(benchmark::State& state) {
    auto const record = sealed_update();
    auto const bytes = journal::encode_record(record);
    auto digest = journal::chain_start("epoch");
    for (auto _ : state) {
        digest = journal::chain_next(digest, record.number, record.at, bytes);
        benchmark::DoNotOptimize(digest);
    }
}
BENCHMARK(Chain);

// One commit of so many records, as the journal's thread makes it, sync included.
void Commit(benchmark::State& state) {
    auto const count = static_cast<std::uint64_t>(state.range(0));
    auto const* const place = std::getenv("WASHUP_BENCH_DIR");  // on the disk to be measured
    if (place == nullptr) return state.SkipWithError("WASHUP_BENCH_DIR names no folder");
    auto const dir = std::filesystem::path{place} / "commit";
    {
        auto file = journal::JournalFile::open(dir, "", nullptr);
        if (!file) return state.SkipWithError(file.error().words.c_str());
        auto const record = sealed_update();
        for (auto _ : state) {
            state.PauseTiming();
            std::vector<journal::SharedRecord> batch;
            for (std::uint64_t i = 1; i <= count; ++i) {
                auto next = record;
                next.number = core::RecordNumber{file->info().head.value() + i};
                batch.push_back(std::make_shared<core::Record const>(std::move(next)));
            }
            state.ResumeTiming();
            auto const done = file->commit(batch);
            auto const moved = file->checkpoint_when_due();
            if (!done || !moved) return state.SkipWithError("the disk does not take it");
        }
    }
    std::filesystem::remove_all(dir);
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(Commit)->Arg(1)->Arg(16)->Arg(256)->UseRealTime();

}  // namespace
