#include "board/app/studio.hpp"

#include <imgui.h>

#include "board/widgets/pen.hpp"

namespace washup::board {

struct Studio::Context {
    ImGuiContext* imgui = ImGui::CreateContext();
    AlphaTexture texture;
    ~Context() { ImGui::DestroyContext(imgui); }
};

Result<std::unique_ptr<Studio>> Studio::open(Panel const& panel, std::string const& fonts_folder) {
    std::unique_ptr<Studio> studio(new Studio);
    studio->context_ = std::make_unique<Context>();
    studio->sizes_ = sizes_for(panel);
    ImGui::SetCurrentContext(studio->context_->imgui);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.DisplaySize = {panel.width_px, panel.height_px};
    io.DeltaTime = 1.0f / 60.0f;  // a frozen clock would trip an assertion
    // Lists above 65536 vertices; our raster honours the offset.
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    auto fonts = load_fonts(*io.Fonts, studio->sizes_, fonts_folder);
    if (!fonts) return fonts.error();
    studio->fonts_ = *fonts;
    unsigned char* pixels = nullptr;
    AlphaTexture& texture = studio->context_->texture;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &texture.width, &texture.height);
    texture.pixels = pixels;
    return studio;
}

Studio::~Studio() = default;

Result<Picture> Studio::draw(PageView const& view) {
    ImGui::SetCurrentContext(context_->imgui);
    ImGui::NewFrame();
    Pen pen(*ImGui::GetBackgroundDrawList(), fonts_, sizes_);
    draw_page(pen, view);
    ImGui::Render();
    Rgb const ground = colour(Ink::ground);
    std::uint32_t const rgb =
        (std::uint32_t{ground.r} << 16) | (std::uint32_t{ground.g} << 8) | std::uint32_t{ground.b};
    return rasterise(*ImGui::GetDrawData(), context_->texture, rgb);
}

}  // namespace washup::board
