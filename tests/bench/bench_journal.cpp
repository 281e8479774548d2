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

// A state in which the stay of update() is somebody's, who has a key or not yet.
core::State of_somebody() {
    core::State before;
    core::Stay stay;
    stay.id = core::StayId{4321};
    stay.person = core::PersonId{4322};
    before.stays.emplace(stay.id, stay);
    before.persons[stay.person].id = stay.person;
    return before;
}

// The same words as Seal and Open, under the key of the person they are about. The site's key opens
// that key once, at a start (TakeKeys); sealing looks it up.
void SealUnderAPersonsKey(benchmark::State& state) {
    auto const keys = sealer();
    auto const before = of_somebody();
    auto record = update();
    keys.seal_record(record, before);  // makes the key
    for (auto _ : state) {
        auto made = keys.seal_record(record, before);
        benchmark::DoNotOptimize(made);
        benchmark::DoNotOptimize(record);
    }
}
BENCHMARK(SealUnderAPersonsKey);

// The first words about a person: a key is made and wrapped with them.
void SealTheFirstWords(benchmark::State& state) {
    auto const keys = sealer();
    auto before = of_somebody();
    auto record = update();
    std::uint64_t person = 5000;
    for (auto _ : state) {
        state.PauseTiming();
        core::PersonId const next{++person};
        before.stays.begin()->second.person = next;
        for (auto& event : record.events) {
            if (auto* fact = std::get_if<core::FactObserved>(&event)) fact->person = next;
        }
        state.ResumeTiming();
        auto made = keys.seal_record(record, before);
        benchmark::DoNotOptimize(made);
    }
}
BENCHMARK(SealTheFirstWords)->Iterations(20'000);

void OpenUnderAPersonsKey(benchmark::State& state) {
    auto const keys = sealer();
    auto record = update();
    keys.seal_record(record, of_somebody());
    for (auto _ : state) {
        for (auto& event : record.events) keys.open_event(event);
        benchmark::DoNotOptimize(record);
    }
}
BENCHMARK(OpenUnderAPersonsKey);

// What a start pays for so many persons: every key is opened under the site's.
void TakeKeys(benchmark::State& state) {
    auto const keys = sealer();
    auto before = of_somebody();
    auto record = update();
    std::vector<journal::StoredKey> stored;
    for (std::int64_t i = 0; i < state.range(0); ++i) {
        core::PersonId const next{10'000 + static_cast<std::uint64_t>(i)};
        before.stays.begin()->second.person = next;
        for (auto& event : record.events) {
            if (auto* fact = std::get_if<core::FactObserved>(&event)) fact->person = next;
        }
        auto made = keys.seal_record(record, before);
        stored.insert(stored.end(), made.begin(), made.end());
    }
    auto const other = sealer();
    for (auto _ : state) {
        auto const taken = other.take_keys(stored);
        benchmark::DoNotOptimize(taken);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(stored.size()));
}
BENCHMARK(TakeKeys)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMillisecond);

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
