#pragma once
// Pictures without display or GPU: an ImGui context of its own, the typeface at the panel's sizes,
// and the CPU raster. The same page drawn here and in a window is the same draw list.

#include <memory>

#include "board/panels/page.hpp"
#include "board/raster/raster.hpp"
#include "board/theme/sizes.hpp"

namespace washup::board {

class Studio {
  public:
    // Error: the typeface is not there, or the size is no picture's.
    static Result<std::unique_ptr<Studio>> open(Panel const& panel,
                                                std::string const& fonts_folder);
    ~Studio();
    Studio(Studio const&) = delete;
    Studio& operator=(Studio const&) = delete;

    Sizes const& sizes() const { return sizes_; }
    Fonts const& fonts() const { return fonts_; }
    Result<Picture> draw(PageView const& view);

  private:
    Studio() = default;
    struct Context;
    std::unique_ptr<Context> context_;
    Sizes sizes_;
    Fonts fonts_;
};

}  // namespace washup::board
