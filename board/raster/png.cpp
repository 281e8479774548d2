#include <stb_image.h>
#include <stb_image_write.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "board/raster/raster.hpp"

namespace washup::board {

Result<void> write_png(Picture const& picture, std::string const& path) {
    std::string const beside = path + ".part";
    // A wall has no transparency; three channels make a smaller file.
    std::vector<std::uint8_t> rgb;
    rgb.reserve(picture.rgba.size() / 4 * 3);
    for (std::size_t i = 0; i + 3 < picture.rgba.size(); i += 4) {
        rgb.insert(rgb.end(), {picture.rgba[i], picture.rgba[i + 1], picture.rgba[i + 2]});
    }
    // Large even areas pack best unfiltered.
    stbi_write_force_png_filter = 0;
    if (stbi_write_png(beside.c_str(), picture.width, picture.height, 3, rgb.data(),
                       picture.width * 3) == 0) {
        return io_error("cannot write the picture " + path);
    }
    std::error_code failed;
    std::filesystem::rename(beside, path, failed);
    if (failed) {
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        return io_error("cannot put the picture at " + path + ": " + failed.message());
    }
    return {};
}

Result<Picture> read_png(std::string const& path) {
    Picture picture;
    int channels = 0;
    stbi_uc* pixels = stbi_load(path.c_str(), &picture.width, &picture.height, &channels, 4);
    if (pixels == nullptr) return io_error("cannot read the picture " + path);
    auto const octets = static_cast<std::size_t>(picture.width) * picture.height * 4;
    picture.rgba.assign(pixels, pixels + octets);
    stbi_image_free(pixels);
    return picture;
}

Difference compare(Picture const& a, Picture const& b) {
    Difference difference;
    difference.same_size = a.width == b.width && a.height == b.height;
    if (!difference.same_size) return difference;
    std::size_t apart = 0;
    for (std::size_t i = 0; i < a.rgba.size(); i += 4) {
        int worst = 0;
        for (std::size_t c = 0; c < 4; ++c) {
            worst = std::max(worst, std::abs(int{a.rgba[i + c]} - int{b.rgba[i + c]}));
        }
        if (worst > Difference::apart_above) ++apart;
        difference.worst = std::max(difference.worst, worst);
    }
    difference.share_apart =
        static_cast<double>(apart) / std::max(1.0, static_cast<double>(a.rgba.size()) / 4.0);
    return difference;
}

Picture picture_of_difference(Picture const& a, Picture const& b) {
    Picture out = b;
    if (a.width != b.width || a.height != b.height) return out;
    for (std::size_t i = 0; i < out.rgba.size(); i += 4) {
        bool const same = std::equal(a.rgba.begin() + static_cast<std::ptrdiff_t>(i),
                                     a.rgba.begin() + static_cast<std::ptrdiff_t>(i) + 3,
                                     b.rgba.begin() + static_cast<std::ptrdiff_t>(i));
        for (std::size_t c = 0; c < 3; ++c) {
            out.rgba[i + c] = same ? static_cast<std::uint8_t>(out.rgba[i + c] / 4) : 255;
        }
    }
    return out;
}

}  // namespace washup::board
