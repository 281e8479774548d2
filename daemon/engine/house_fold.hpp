#pragma once
// The fold on from an image of which only the house was read: whoever else a record is about is
// brought from the image before the record is applied, so apply() finds all that it looks at and
// gives what it would give to the whole State. Without an image it is the fold from record 1.

#include <optional>

#include "daemon/core/apply.hpp"
#include "daemon/core/house.hpp"

namespace washup::engine {

class HouseFold {
  public:
    explicit HouseFold(std::optional<core::House> image) {
        if (image) image_ = std::move(*image);
        from_ = image_.state.head;
    }

    // Error: of the image alone, and then this fold is of no use; image_damaged() says so too.
    Result<void> take(core::Record const& record);

    // The next record is `number`: none of those before it changes anything of this house.
    void skip_to(core::RecordNumber number) {
        image_.state.head = core::RecordNumber{number.value() - 1};
    }

    core::State& state() { return image_.state; }
    core::RecordNumber from() const { return from_; }  // of the image; none = record 1
    bool image_damaged() const { return damaged_; }

  private:
    core::House image_;
    core::RecordNumber from_;
    bool damaged_ = false;
};

}  // namespace washup::engine
