#pragma once
// The file of one image: a table that says of what it is and where its parts lie, and the parts,
// each under a mark of its own, so that one can be read and believed without the others.
//
// "WSHUIMG2", state_version (4 octets), length of the table (4 octets), table (epoch, number,
// instant, digest of the chain there; of each part its first person, length and mark), a keyed
// digest of all before it; then the parts (image_parts.hpp).

#include <filesystem>
#include <functional>
#include <vector>

#include "daemon/core/record.hpp"
#include "daemon/journal/files.hpp"
#include "daemon/journal/image_parts.hpp"
#include "daemon/journal/seal.hpp"

namespace washup::journal {

// Raised when State or apply() changes so that an older image would not be what a fold gives now.
inline constexpr std::uint32_t state_version = 11;

struct ImageHead {
    std::string epoch;
    core::RecordNumber number;
    Instant at;  // of that record
    Digest128 chain;
    static void describe(auto& self, auto&& field) {
        field(1, self.epoch);
        field(2, self.number);
        field(3, self.at);
        field(4, self.chain);
    }
};

class ImageFile {
  public:
    // Whole and synced when it is there under that name. Error io.
    static Result<void> write(std::filesystem::path const& path, core::State const& state,
                              ImageHead const& head, Sealer const& sealer);

    // Its table read and believed. `sealer` outlives it.
    static Result<ImageFile> open(std::filesystem::path const& path, Sealer const& sealer);

    ImageHead const& head() const { return contents_.head; }
    std::size_t parts() const { return contents_.parts.size(); }
    // In what part a person would be that is not in the house; 0 when in none.
    std::size_t part_of(core::PersonId id) const;
    // Error invalid: cut short, or changed. From any thread.
    Result<Bytes> part(std::size_t index) const;
    Result<core::State> state() const;

  private:
    struct Part {
        core::PersonId first;
        std::uint64_t bytes = 0;
        Digest256 mark;
        static void describe(auto& self, auto&& field) {
            field(1, self.first);
            field(2, self.bytes);
            field(3, self.mark);
        }
    };
    struct Contents {
        ImageHead head;
        std::vector<Part> parts;
        static void describe(auto& self, auto&& field) {
            field(1, self.head);
            field(2, self.parts);
        }
    };
    ImageFile(Descriptor fd, Sealer const& sealer) : fd_(std::move(fd)), sealer_(&sealer) {}
    Result<Bytes> octets(std::uint64_t at, std::uint64_t count) const;

    Descriptor fd_;
    Sealer const* sealer_;
    Contents contents_;
    std::vector<std::uint64_t> begins_;  // of the parts, in the file
};

}  // namespace washup::journal
