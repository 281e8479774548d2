#include "board/raster/raster.hpp"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace washup::board {
namespace {

constexpr std::int64_t sub = 256;  // steps a pixel

struct Vertex {
    std::int64_t x = 0, y = 0;  // in 1/256 pixel
    float u = 0, v = 0;         // in texels
    std::array<float, 4> colour{};
};

struct Clip {
    int x0 = 0, y0 = 0, x1 = 0, y1 = 0;  // x1, y1 excluded
};

Vertex vertex_of(ImDrawVert const& in, ImVec2 origin, AlphaTexture const& texture) {
    Vertex out;
    out.x = std::llround((in.pos.x - origin.x) * static_cast<float>(sub));
    out.y = std::llround((in.pos.y - origin.y) * static_cast<float>(sub));
    out.u = in.uv.x * static_cast<float>(texture.width);
    out.v = in.uv.y * static_cast<float>(texture.height);
    for (int i = 0; i < 4; ++i) {
        out.colour[static_cast<std::size_t>(i)] = static_cast<float>((in.col >> (8 * i)) & 0xFF);
    }
    return out;
}

std::int64_t cross(Vertex const& a, Vertex const& b, std::int64_t x, std::int64_t y) {
    return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
}

// Of two triangles that share an edge exactly one owns the pixels on it.
bool owns_edge(Vertex const& a, Vertex const& b) {
    return b.y < a.y || (b.y == a.y && b.x > a.x);
}

float texel(AlphaTexture const& t, int x, int y) {
    x = std::clamp(x, 0, t.width - 1);
    y = std::clamp(y, 0, t.height - 1);
    return t.pixels[y * t.width + x];
}

// Bilinear, as a GPU samples it; 0 to 1.
float sample(AlphaTexture const& t, float u, float v) {
    float const x = u - 0.5f, y = v - 0.5f;
    float const fx = std::floor(x), fy = std::floor(y);
    int const ix = static_cast<int>(fx), iy = static_cast<int>(fy);
    float const ax = x - fx, ay = y - fy;
    float const top = texel(t, ix, iy) * (1 - ax) + texel(t, ix + 1, iy) * ax;
    float const bottom = texel(t, ix, iy + 1) * (1 - ax) + texel(t, ix + 1, iy + 1) * ax;
    return (top * (1 - ay) + bottom * ay) / 255.0f;
}

constexpr std::int64_t middle(int pixel) {
    return pixel * sub + sub / 2;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) {  // b > 0
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

struct Span {
    int x0 = 0, x1 = 0;  // x1 excluded
};

// Leaves of a row the pixels whose middle lies inside the edge from a to b. Inside is a whole
// number that changes evenly along the row, so the bounds are exact.
void narrow(Span& span, Vertex const& a, Vertex const& b, int y) {
    if (span.x0 >= span.x1) return;
    std::int64_t const at = cross(a, b, middle(span.x0), middle(y)) + (owns_edge(a, b) ? 0 : -1);
    std::int64_t const step = -(b.y - a.y) * sub;  // from a pixel to the next
    int const wide = span.x1 - span.x0;
    if (step > 0 && at < 0) {
        std::int64_t const skipped = -floor_div(at, step);
        span.x0 += static_cast<int>(std::min<std::int64_t>(skipped, wide));
    } else if (step <= 0 && at < 0) {
        span.x1 = span.x0;
    } else if (step < 0) {
        std::int64_t const kept = at / -step + 1;
        span.x1 = span.x0 + static_cast<int>(std::min<std::int64_t>(kept, wide));
    }
}

class Canvas {
  public:
    Canvas(Picture& picture, AlphaTexture texture) : picture_(picture), texture_(texture) {}

    void triangle(Vertex a, Vertex b, Vertex c, Clip const& clip) {
        std::int64_t area = cross(a, b, c.x, c.y);
        if (area == 0) return;
        if (area < 0) {
            std::swap(b, c);
            area = -area;
        }
        int const x0 = std::max(clip.x0, pixel_floor(std::min({a.x, b.x, c.x})));
        int const x1 = std::min(clip.x1, pixel_floor(std::max({a.x, b.x, c.x})) + 1);
        int const y0 = std::max(clip.y0, pixel_floor(std::min({a.y, b.y, c.y})));
        int const y1 = std::min(clip.y1, pixel_floor(std::max({a.y, b.y, c.y})) + 1);
        for (int y = y0; y < y1; ++y) {
            // A long thin stripe fills little of its box: each row is narrowed to what is inside.
            Span span{x0, x1};
            narrow(span, b, c, y);
            narrow(span, c, a, y);
            narrow(span, a, b, y);
            std::int64_t const py = middle(y);
            for (int x = span.x0; x < span.x1; ++x) {
                shade(x, y, a, b, c, cross(b, c, middle(x), py), cross(c, a, middle(x), py), area);
            }
        }
    }

  private:
    static int pixel_floor(std::int64_t at) { return static_cast<int>(floor_div(at, sub)); }

    void shade(int x, int y, Vertex const& a, Vertex const& b, Vertex const& c, std::int64_t wa,
               std::int64_t wb, std::int64_t area) {
        float const fa = static_cast<float>(static_cast<double>(wa) / static_cast<double>(area));
        float const fb = static_cast<float>(static_cast<double>(wb) / static_cast<double>(area));
        float const fc = 1.0f - fa - fb;
        auto const mix = [&](float p, float q, float r) { return fa * p + fb * q + fc * r; };
        float const cover = sample(texture_, mix(a.u, b.u, c.u), mix(a.v, b.v, c.v));
        float const alpha = mix(a.colour[3], b.colour[3], c.colour[3]) / 255.0f * cover;
        if (alpha <= 0.0f) return;
        std::uint8_t* out = &picture_.rgba[static_cast<std::size_t>((y * picture_.width + x) * 4)];
        for (std::size_t i = 0; i < 3; ++i) {
            float const in = mix(a.colour[i], b.colour[i], c.colour[i]);
            float const blended = in * alpha + static_cast<float>(out[i]) * (1.0f - alpha);
            out[i] = static_cast<std::uint8_t>(std::clamp(blended + 0.5f, 0.0f, 255.0f));
        }
    }

    Picture& picture_;
    AlphaTexture texture_;
};

Clip clip_of(ImVec4 const& rect, ImVec2 origin, Picture const& picture) {
    auto const inside = [](float at, int limit) {
        return std::clamp(static_cast<int>(at), 0, limit);
    };
    return {inside(rect.x - origin.x, picture.width), inside(rect.y - origin.y, picture.height),
            inside(rect.z - origin.x, picture.width), inside(rect.w - origin.y, picture.height)};
}

void draw_list(Canvas& canvas, ImDrawList const& list, ImVec2 origin, Picture const& picture,
               AlphaTexture const& texture) {
    for (ImDrawCmd const& command : list.CmdBuffer) {
        if (command.UserCallback != nullptr) continue;  // we set none
        Clip const clip = clip_of(command.ClipRect, origin, picture);
        auto const vertex = [&](unsigned int index) {
            auto const at =
                static_cast<int>(command.VtxOffset + list.IdxBuffer[static_cast<int>(index)]);
            return vertex_of(list.VtxBuffer[at], origin, texture);
        };
        for (unsigned int i = 0; i + 2 < command.ElemCount; i += 3) {
            unsigned int const at = command.IdxOffset + i;
            canvas.triangle(vertex(at), vertex(at + 1), vertex(at + 2), clip);
        }
    }
}

}  // namespace

Result<Picture> rasterise(ImDrawData const& data, AlphaTexture texture, std::uint32_t ground_rgb) {
    Picture picture;
    picture.width = static_cast<int>(data.DisplaySize.x);
    picture.height = static_cast<int>(data.DisplaySize.y);
    if (picture.width < 1 || picture.height < 1 || picture.width > picture_side_px_max ||
        picture.height > picture_side_px_max) {
        return Error{ErrorCode::too_large, "a picture's side must be 1 to 8192 pixels"};
    }
    auto const pixels = static_cast<std::size_t>(picture.width) * picture.height;
    picture.rgba.resize(pixels * 4);
    for (std::size_t i = 0; i < pixels; ++i) {
        picture.rgba[i * 4] = static_cast<std::uint8_t>(ground_rgb >> 16);
        picture.rgba[i * 4 + 1] = static_cast<std::uint8_t>(ground_rgb >> 8);
        picture.rgba[i * 4 + 2] = static_cast<std::uint8_t>(ground_rgb);
        picture.rgba[i * 4 + 3] = 255;
    }
    Canvas canvas(picture, texture);
    for (int i = 0; i < data.CmdListsCount; ++i) {
        draw_list(canvas, *data.CmdLists[i], data.DisplayPos, picture, texture);
    }
    return picture;
}

}  // namespace washup::board
