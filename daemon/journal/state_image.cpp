#include "daemon/journal/state_image.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "daemon/journal/files.hpp"
#include "proto/base/log.hpp"

namespace washup::journal {
namespace {

namespace fs = std::filesystem;

StateImages::Fits of_chain(Journal& journal) {
    return [&journal, epoch = journal.info().epoch](ImageHead const& head) {
        if (head.epoch != epoch) return false;
        auto const chain = journal.digest_at(head.number);
        return chain && *chain == head.chain;
    };
}

// Persons of one image that no stay leads to, found one by one.
class OtherPersons {
  public:
    explicit OtherPersons(ImageFile file) : file_(std::move(file)) {}

    Result<std::optional<core::Person>> find(core::PersonId id) {
        auto const index = file_.part_of(id);
        if (index == 0) return std::optional<core::Person>{};
        if (index != held_) {
            auto part = file_.part(index);
            if (!part) return part.error();
            part_ = std::move(*part);
            held_ = index;
        }
        return find_person(part_, id);
    }

  private:
    ImageFile file_;
    std::size_t held_ = 0;
    Bytes part_;  // the one of before: who comes together was often registered together
};

Result<core::State> read_whole(ImageFile file) {
    return file.state();
}

Result<core::House> read_house(ImageFile file) {
    auto const part = file.part(0);
    if (!part) return part.error();
    auto house = decode_house(*part);
    if (!house) return house.error();
    auto const others = std::make_shared<OtherPersons>(std::move(file));
    return core::House{std::move(*house), [others](core::PersonId id, core::State& into) {
                           return bring_person(id, into,
                                               [&](auto one) { return others->find(one); });
                       }};
}

}  // namespace

fs::path StateImages::path_of(core::RecordNumber number) const {
    return folder_ / fmt::format("{:012}.state", number.value());
}

std::vector<core::RecordNumber> StateImages::numbers() const {
    std::vector<core::RecordNumber> found;
    for (auto const& name : names_in(folder_)) {
        std::uint64_t number = 0;
        auto const [end, fault] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (fault == std::errc{} && std::string_view{end} == ".state") {
            found.emplace_back(number);
        }
    }
    std::sort(found.begin(), found.end(), std::greater<>{});
    return found;
}

Result<void> StateImages::keep(core::State const& state, ImageHead const& head) const {
    if (auto const made = make_data_dir(folder_); !made) return made.error();
    auto const path = path_of(head.number);
    std::error_code failed;
    for (auto const& left : names_in(folder_)) {  // by a kill
        if (left.ends_with(".new")) fs::remove(folder_ / left, failed);
    }
    auto unfinished = path;
    unfinished += ".new";
    if (auto const written = ImageFile::write(unfinished, state, head, sealer_); !written) {
        fs::remove(unfinished, failed);  // a full disk needs the room
        return written.error();
    }
    fs::rename(unfinished, path, failed);
    if (failed || !sync_directory(folder_)) return system_error("keep", path);
    auto const held = numbers();
    for (auto i = images_max; i < held.size(); ++i) fs::remove(path_of(held[i]), failed);
    return {};
}

template <class T>
std::optional<T> StateImages::find(core::RecordNumber up_to, Fits const& fits,
                                   Result<T> (*read)(ImageFile file)) const {
    auto const found = [&](core::RecordNumber number) -> Result<T> {
        auto file = ImageFile::open(path_of(number), sealer_);
        if (!file) return file.error();
        if (file->head().number != number || !fits(file->head())) {
            return invalid("is not of this journal");
        }
        return read(std::move(*file));
    };
    for (auto const number : numbers()) {
        if (number > up_to) continue;
        auto image = found(number);
        if (image) return std::move(*image);
        log_warn("image_passed_over", "record", number.value(), "why", image.error().words);
    }
    return std::nullopt;
}

std::optional<core::State> StateImages::newest(core::RecordNumber up_to, Fits const& fits) const {
    return find<core::State>(up_to, fits, read_whole);
}

std::optional<core::State> StateImages::newest(core::RecordNumber up_to, Journal& journal) const {
    return newest(up_to, of_chain(journal));
}

std::optional<core::House> StateImages::newest_house(core::RecordNumber up_to,
                                                     Fits const& fits) const {
    return find<core::House>(up_to, fits, read_house);
}

std::optional<core::House> StateImages::newest_house(core::RecordNumber up_to,
                                                     Journal& journal) const {
    return newest_house(up_to, of_chain(journal));
}

}  // namespace washup::journal
