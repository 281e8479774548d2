#include "tests/bench/hospital_feed.hpp"

#include <stdexcept>

#include <fmt/format.h>

#include "adapters/csv/intake.hpp"
#include "adapters/hl7v2/adt_mapper.hpp"
#include "adapters/hospital/model.hpp"
#include "adapters/hospital/town.hpp"

namespace washup::bench {
namespace {

namespace fs = std::filesystem;
constexpr char const* epoch = "bench";
constexpr char const* ward = "ward";
constexpr char const* hub = "hub";

hospital::ModelOptions model_options(FeedOptions const& options) {
    config::Faults faults;
    fs::path const root{options.config_dir};
    auto const town =
        hospital::load_town(root / "site/demo.toml", root / "vocab/reasons.toml", faults);
    if (!faults.empty()) throw std::runtime_error("the test hospital's site file is not readable");
    hospital::ModelOptions model;
    model.seed = options.seed;
    model.beds = options.beds;
    model.history_start = options.start;
    // The whole of it is history: files twice a day.
    model.live_from = options.start + hours(24 * 366 * 10);
    model.wards = town.wards;
    model.labels = town.labels;
    return model;
}

}  // namespace

struct HospitalFeed::Impl {
    explicit Impl(FeedOptions const& options) : model(model_options(options)) {
        config::Faults faults;
        fs::path const sources = fs::path{options.config_dir} / "sources";
        profiles = hl7v2::ProfileSet::load(sources, faults);
        auto read = csv::load_profile(sources / "csv_hub.toml", faults);
        if (!faults.empty() || !read) throw std::runtime_error("a profile is not readable");
        hub_profile = std::move(*read);
    }

    std::shared_ptr<v1::IngestRecord> begin(char const* source, std::uint64_t& sequence,
                                            std::string_view raw, std::string name) {
        auto record = std::make_shared<v1::IngestRecord>();
        record->set_source(source);
        record->set_epoch(epoch);
        record->set_sequence(++sequence);
        record->set_digest(std::string{as_bytes(blake2b_256(raw))});
        record->set_record_name(std::move(name));
        return record;
    }
    void add(hospital::Message const& message, std::vector<Received>& out) {
        auto record = begin(ward, ward_sequence, message.text, message.control_id);
        auto const header = hl7v2::read_header(message.text);
        if (!header) throw std::runtime_error("the test hospital writes HL7");
        auto const& profile = profiles.choose({}, header->value(3), header->value(4));
        record->set_trigger(hl7v2::map_octets(message.text, *header, profile, message.at,
                                              *record->mutable_observation()));
        out.push_back({message.at, std::move(record)});
    }
    void add(hospital::Drop const& drop, std::vector<Received>& out) {
        auto const intake = csv::take_file(hub_profile, drop.file.name, drop.file.octets);
        if (!intake) throw std::runtime_error(drop.file.name + ": " + intake.error().words);
        auto const mapper = csv::FileMapper::make(hub_profile, drop.file.name, intake->batch.about);
        if (!mapper) throw std::runtime_error(drop.file.name + ": " + mapper.error().words);
        for (auto const& row : intake->records) {
            auto record = begin(hub, hub_sequence, row.raw, row.name);
            record->set_trigger(row.trigger);
            *record->mutable_observation() = mapper->map(row.raw);
            out.push_back({drop.at, std::move(record)});
        }
    }

    hospital::Model model;
    hl7v2::ProfileSet profiles;
    csv::Profile hub_profile;
    std::uint64_t ward_sequence = 0, hub_sequence = 0;
};

HospitalFeed::HospitalFeed(FeedOptions options) : impl_(std::make_unique<Impl>(options)) {}
HospitalFeed::~HospitalFeed() = default;

std::vector<std::shared_ptr<v1::SourceHello const>> HospitalFeed::hellos() const {
    std::vector<std::shared_ptr<v1::SourceHello const>> out;
    for (auto const& [source, profile] : {std::pair{ward, "test_hospital"}, {hub, "csv_hub"}}) {
        auto hello = std::make_shared<v1::SourceHello>();
        hello->set_source(source);
        hello->set_epoch(epoch);
        hello->set_profile(profile);
        out.push_back(std::move(hello));
    }
    return out;
}

std::vector<std::shared_ptr<v1::Command const>> HospitalFeed::staff() const {
    std::vector<std::shared_ptr<v1::Command const>> out;
    for (auto const& member : impl_->model.staff()) {
        auto command = std::make_shared<v1::Command>();
        command->set_id("add " + member.id);
        command->set_actor("bench");
        command->mutable_add_staff()->set_id(member.id);
        command->mutable_add_staff()->set_name(member.name);
        command->mutable_add_staff()->set_role(member.role);
        command->mutable_add_staff()->set_team(member.team);
        out.push_back(std::move(command));
    }
    return out;
}

std::vector<Received> HospitalFeed::up_to(Instant until) {
    std::vector<Received> out;
    for (auto const& output : impl_->model.step(until)) {
        std::visit([&](auto const& one) { impl_->add(one, out); }, output);
    }
    return out;
}

}  // namespace washup::bench
