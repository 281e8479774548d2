#include "daemon/derive/demand.hpp"

#include <algorithm>
#include <tuple>

#include "daemon/core/cause.hpp"
#include "daemon/core/reading.hpp"
#include "daemon/derive/chess_clock.hpp"
#include "proto/base/fold.hpp"

namespace washup::derive {
namespace {

using core::Field;

core::Code code_of(core::State const& state, core::Stay const& stay, Field field) {
    auto const said = core::read(state, stay, field);
    return said.known() ? said.fact->value.code : core::Code{};
}

bool has(std::vector<core::Code> const& list, core::Code const& code) {
    return std::find(list.begin(), list.end(), code) != list.end();
}

// What the wants of one stay are read with.
class Reader {
  public:
    Reader(core::State const& state, core::Stay const& stay)
        : state_(state),
          stay_(stay),
          end_(core::end_of(state, stay)),
          zone_(core::zone_of(state, stay)),
          council_(code_of(state, stay, Field::council)),
          actual_(code_of(state, stay, Field::actual_outcome)) {}

    std::vector<Wanted> read() {
        for (auto const* part : core::parts_of(state_, stay_)) {
            for (auto const& request : part->requests) add(request);
        }
        std::vector<Wanted> of_blockers;
        for (auto const* blocker : blockers_of(state_, stay_)) add(*blocker, of_blockers);
        for (auto& want : of_blockers) {
            auto const asked = std::any_of(wants_.begin(), wants_.end(), [&](auto const& other) {
                return other.request && other.kind == want.kind;
            });
            if (!asked) wants_.push_back(std::move(want));
        }
        for (auto& want : wants_) settle(want);
        std::stable_sort(wants_.begin(), wants_.end(), [](auto const& a, auto const& b) {
            return std::tuple{a.since, a.kind, a.request, a.blocker} <
                   std::tuple{b.since, b.kind, b.request, b.blocker};
        });
        return std::move(wants_);
    }

  private:
    Wanted begin(core::Code const& kind, core::Code const& zone, Moment const& since) const {
        Wanted want;
        want.stay = stay_.id;
        want.kind = kind;
        want.zone = zone.empty() ? zone_ : zone_code(state_.config, zone);
        want.council = council_;
        if (auto const* config = kind_config(state_.config, kind)) want.pathway = config->pathway;
        want.since = since.at;
        want.at_an_hour = since.precision != Precision::date;
        return want;
    }
    void add(core::Request const& request) {
        auto want = begin(request.kind, request.zone, request.wanted);
        want.request = request.id;
        for (auto const& step : request.steps) {
            if (step.how == "offered") ++want.offers;
            if (step.how == "refused") {
                ++want.refusals;
                want.last_refusal = step.why;
            }
            if (step.how == "started" || step.how == "withdrawn") {
                want.came = step.how == "started" ? Came::met : Came::withdrawn;
                want.until = std::max(step.at.at, want.since);
            }
        }
        wants_.push_back(std::move(want));
    }
    void add(core::Blocker const& blocker, std::vector<Wanted>& wants) {
        auto const* kind = kind_waited_for(state_.config, blocker.reason, blocker.local_reason);
        if (kind == nullptr) return;
        auto want = begin(kind->code, blocker.zone, blocker.opened);
        want.blocker = blocker.id;
        if (blocker.closed) want.until = std::max(blocker.closed->at, want.since);
        if (want.until.ms != 0) want.came = Came::closed;
        // They come in the order of their opening: of one kind and zone, overlapping ones are one.
        for (auto& other : wants) {
            if (other.kind != want.kind || other.zone != want.zone) continue;
            if (other.until.ms != 0 && other.until < want.since) continue;
            other.until = other.until.ms == 0 || want.until.ms == 0
                              ? Instant{}
                              : std::max(other.until, want.until);
            other.came = other.until.ms == 0 ? Came::open : Came::closed;
            return;
        }
        wants.push_back(std::move(want));
    }
    // What the person's leaving says of it.
    void settle(Wanted& want) const {
        if (!end_ || want.came == Came::met || want.came == Came::withdrawn) return;
        auto const still_open = want.until.ms == 0;
        if (still_open) want.until = std::max(end_->at.at, want.since);
        auto const* kind = kind_config(state_.config, want.kind);
        auto const can_tell = end_->how == core::ended::discharged && !actual_.empty() &&
                              kind != nullptr && !kind->outcomes.empty();
        if (can_tell) {
            want.came = has(kind->outcomes, actual_) ? Came::met : Came::elsewhere;
        } else if (still_open) {
            want.came = end_->how == core::ended::discharged ? Came::unknown : Came::withdrawn;
        }
    }

    core::State const& state_;
    core::Stay const& stay_;
    std::optional<core::End> end_;
    core::Code zone_, council_, actual_;
    std::vector<Wanted> wants_;
};

}  // namespace

char const* name_of(Came came) {
    switch (came) {
        case Came::open:
            return "open";
        case Came::met:
            return "met";
        case Came::elsewhere:
            return "elsewhere";
        case Came::withdrawn:
            return "withdrawn";
        case Came::closed:
            return "closed";
        case Came::unknown:
            return "unknown";
    }
    return "unknown";
}

std::vector<Wanted> wanted_of(core::State const& state, core::Stay const& stay) {
    auto const end = core::end_of(state, stay);
    if (stay.joined_into || (end && end->how == core::ended::recorded_in_error)) return {};
    return Reader{state, stay}.read();
}

std::vector<Wanted> wanted_by_all(core::State const& state) {
    std::vector<Wanted> all;
    for (auto const& [id, stay] : state.stays) {
        auto wants = wanted_of(state, stay);
        all.insert(all.end(), wants.begin(), wants.end());
    }
    return all;
}

core::ServiceKind const* kind_waited_for(core::Config const& config, core::Code const& reason,
                                         core::Code const& local_reason) {
    for (auto const& code : {local_reason, reason}) {
        if (code.empty()) continue;
        for (auto const& kind : config.service_kinds) {
            if (has(kind.reasons, code)) return &kind;
        }
    }
    return nullptr;
}

core::ServiceKind const* kind_config(core::Config const& config, core::Code const& kind) {
    for (auto const& entry : config.service_kinds) {
        if (entry.code == kind) return &entry;
    }
    return nullptr;
}

core::Code zone_code(core::Config const& config, core::Code const& said) {
    auto const folded = fold(said);
    for (auto const& zone : config.zones) {
        if (fold(zone.code) == folded || fold(zone.words) == folded) return zone.code;
    }
    return said;
}

std::string zone_words(core::Config const& config, core::Code const& zone) {
    if (zone.empty()) return "Zone unknown";
    for (auto const& entry : config.zones) {
        if (entry.code == zone) return entry.words;
    }
    return zone;
}

}  // namespace washup::derive
