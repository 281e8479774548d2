// The window: GLFW and OpenGL 3, redrawn when something changed and once a second otherwise, so
// that the seconds on the clock are the beat a person can check. This thread alone calls GLFW; the
// follower only posts an empty event.

#define GLFW_INCLUDE_GLEXT
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <optional>

#include "board/app/modes.hpp"
#include "board/app/rotation.hpp"
#include "board/app/watcher.hpp"
#include "board/widgets/pen.hpp"

namespace washup::board {
namespace {

// ImGui settles some sizes a frame late, and a double-buffered window shows the frame before.
constexpr int frames_after_input = 3;

// A key, or the letter that it gave, in the order of the fingers.
struct Press {
    int key = 0;
    char32_t letter = 0;
};

struct Stage {
    GLFWwindow* window = nullptr;
    Fonts fonts;
    Sizes sizes;
    int width = 0, height = 0;
    int frames_owed = frames_after_input;
    std::vector<Press> pressed;  // since the last turn of the loop
    bool atlas_is_ours = false;  // its texture; else ImGui's backend made it
    bool fullscreen = false;
    int window_x = 0, window_y = 0, window_w = 0, window_h = 0;  // before full screen
};

Stage& stage_of(GLFWwindow* window) {
    return *static_cast<Stage*>(glfwGetWindowUserPointer(window));
}

void on_key(GLFWwindow* window, int key, int, int action, int) {
    Stage& stage = stage_of(window);
    // Taken here and not from ImGui: 1.86 loses a key pressed and released between two frames.
    if (action == GLFW_PRESS) stage.pressed.push_back({key, 0});
    stage.frames_owed = frames_after_input;
}

void on_letter(GLFWwindow* window, unsigned int letter) {
    stage_of(window).pressed.push_back({0, letter});
}

void on_refresh(GLFWwindow* window) {
    stage_of(window).frames_owed = frames_after_input;
}
void on_resize(GLFWwindow* window, int, int) {
    on_refresh(window);
}

void toggle_fullscreen(Stage& stage) {
    if (stage.fullscreen) {
        glfwSetWindowMonitor(stage.window, nullptr, stage.window_x, stage.window_y, stage.window_w,
                             stage.window_h, 0);
        stage.fullscreen = false;
        return;
    }
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    GLFWvidmode const* mode = monitor == nullptr ? nullptr : glfwGetVideoMode(monitor);
    if (mode == nullptr) return;
    glfwGetWindowPos(stage.window, &stage.window_x, &stage.window_y);
    glfwGetWindowSize(stage.window, &stage.window_w, &stage.window_h);
    glfwSetWindowMonitor(stage.window, monitor, 0, 0, mode->width, mode->height, mode->refreshRate);
    stage.fullscreen = true;
}

std::optional<Key> key_meaning(int key) {
    switch (key) {
        case GLFW_KEY_1:
            return Key::wash_up;
        case GLFW_KEY_2:
            return Key::flow;
        case GLFW_KEY_RIGHT:
        case GLFW_KEY_DOWN:
            return Key::next;
        case GLFW_KEY_LEFT:
        case GLFW_KEY_UP:
            return Key::previous;
        case GLFW_KEY_SPACE:
            return Key::hold;
        case GLFW_KEY_W:
            return Key::window;
        default:
            return std::nullopt;
    }
}

// The atlas as one channel of coverage, a quarter of what ImGui's own upload takes: white, and the
// coverage as alpha. False when this OpenGL cannot read a texture so.
bool upload_coverage(ImFontAtlas& atlas) {
    unsigned char* pixels = nullptr;
    int width = 0, height = 0;
    atlas.GetTexDataAsAlpha8(&pixels, &width, &height);
    while (glGetError() != GL_NO_ERROR) {
    }
    GLuint texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_R, GL_ONE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_G, GL_ONE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_B, GL_ONE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_SWIZZLE_A, GL_RED);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, width, height, 0, GL_RED, GL_UNSIGNED_BYTE, pixels);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    if (glGetError() != GL_NO_ERROR) {
        glDeleteTextures(1, &texture);
        return false;
    }
    atlas.SetTexID(reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(texture)));
    return true;
}

void release_atlas(Stage& stage) {
    if (stage.atlas_is_ours) {
        auto& io = ImGui::GetIO();
        auto const texture = static_cast<GLuint>(reinterpret_cast<std::intptr_t>(io.Fonts->TexID));
        glDeleteTextures(1, &texture);
        io.Fonts->SetTexID(nullptr);
    } else {
        ImGui_ImplOpenGL3_DestroyFontsTexture();
    }
}

// The typeface is rasterised for the panel's size; another size needs it anew.
Result<void> fit_fonts(Stage& stage, Options const& options) {
    int width = 0, height = 0;
    glfwGetFramebufferSize(stage.window, &width, &height);
    if (width <= 0 || height <= 0) return {};  // minimised: what was there stays
    if (width == stage.width && height == stage.height) return {};
    Panel panel = options.panel;
    panel.width_px = static_cast<float>(width);
    panel.height_px = static_cast<float>(height);
    stage.sizes = sizes_for(panel);
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    release_atlas(stage);
    atlas.Clear();
    auto fonts = load_fonts(atlas, stage.sizes, options.fonts_folder);
    if (!fonts) return fonts.error();
    stage.fonts = *fonts;
    stage.atlas_is_ours = upload_coverage(atlas);
    if (!stage.atlas_is_ours) ImGui_ImplOpenGL3_CreateFontsTexture();
    atlas.ClearTexData();  // the display has its copy
    malloc_trim(0);        // and rasterising took tens of megabytes that the system can have back
    stage.width = width;
    stage.height = height;
    return {};
}

void draw(Stage& stage, PageView const& view) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(stage.width), static_cast<float>(stage.height)};
    io.DeltaTime = 1.0f / 60.0f;  // nothing here moves with it, and zero would trip an assertion
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    Pen pen(*ImGui::GetBackgroundDrawList(), stage.fonts, stage.sizes);
    draw_page(pen, view);
    ImGui::Render();
    Rgb const ground = colour(Ink::ground);
    glViewport(0, 0, stage.width, stage.height);
    glClearColor(static_cast<float>(ground.r) / 255.0f, static_cast<float>(ground.g) / 255.0f,
                 static_cast<float>(ground.b) / 255.0f, 1.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glfwSwapBuffers(stage.window);
}

// How long nothing needs to be drawn: to the clock's next second, or to the moment the link's state
// changes by itself.
double idle_s(Look const& look) {
    std::int64_t ms = 1000 - look.now.ms % 1000;
    if (look.model->link.rate != 1.0) ms = 1000;  // the demo's seconds run too fast to follow
    std::int64_t const link_ms = link_change_in_ms(look.model->link, look.steady_ms);
    if (link_ms > 0) ms = std::min(ms, link_ms);
    return static_cast<double>(std::clamp<std::int64_t>(ms, 5, 1000)) / 1000.0;
}

bool open_window(Stage& stage, Options const& options) {
    glfwSetErrorCallback([](int, char const*) {});
    if (glfwInit() != GLFW_TRUE) return false;
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);  // everything lies flat, in the order it is drawn
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    int width = 1280, height = 720;
    if (options.size_given) {
        width = static_cast<int>(options.panel.width_px);
        height = static_cast<int>(options.panel.height_px);
    }
    stage.window = glfwCreateWindow(width, height, "Washup", nullptr, nullptr);
    if (stage.window == nullptr) return false;
    glfwSetWindowUserPointer(stage.window, &stage);
    glfwSetKeyCallback(stage.window, on_key);
    glfwSetCharCallback(stage.window, on_letter);
    glfwSetWindowRefreshCallback(stage.window, on_refresh);
    glfwSetFramebufferSizeCallback(stage.window, on_resize);
    glfwMakeContextCurrent(stage.window);
    glfwSwapInterval(1);
    if (options.fullscreen) toggle_fullscreen(stage);
    return true;
}

// While the form stands there every key is the form's: no letter of an id turns a page.
void take_keys(SignInForm& form, std::vector<Press> const& pressed, Follower& follower,
               std::int64_t steady_ms) {
    for (auto const& [key, letter] : pressed) {
        form.touched(steady_ms);
        if (letter != 0) form.type(letter);
        std::optional<SignInForm::Entered> entered;
        if (key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER) {
            entered = form.press(SignInForm::Key::enter);
        } else if (key == GLFW_KEY_ESCAPE) {
            form.press(SignInForm::Key::leave);
        } else if (key == GLFW_KEY_BACKSPACE) {
            form.press(SignInForm::Key::erase);
        }
        if (!entered) continue;
        follower.sign_in(entered->staff, entered->pin, [](Result<void> const&) {});
        std::fill(entered->pin.begin(), entered->pin.end(), '\0');
    }
}

// A page's keys, or the form's.
void take_pressed(Stage& stage, std::vector<Press> const& pressed, Look const& look,
                  SignInForm& form, Rotation& rotation, Follower& follower) {
    auto const& person = look.model->person;
    form.tick(look.steady_ms);
    if (form.is_open() && person.state == PersonState::signed_in) form.close();
    if (form.is_open()) return take_keys(form, pressed, follower, look.steady_ms);
    for (auto const& [key, letter] : pressed) {
        auto const enter = key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER;
        if (enter && person.state == PersonState::signed_out) {
            form.expect(person.staff);
            return form.open(look.steady_ms);
        }
        if (key == GLFW_KEY_Q) glfwSetWindowShouldClose(stage.window, GLFW_TRUE);
        if (key == GLFW_KEY_F) toggle_fullscreen(stage);
        if (key == GLFW_KEY_L) follower.sign_out();
        if (auto const meaning = key_meaning(key)) {
            rotation.press(*meaning, *look.model, look.now, look.steady_ms);
        }
    }
    if (!pressed.empty()) follower.acted();
}

int loop(Stage& stage, Options const& options) {
    if (auto const fitted = fit_fonts(stage, options); !fitted) {
        std::fprintf(stderr, "washup-board: %s\n", fitted.error().words.c_str());
        return exit_unavailable;
    }
    Watcher watcher(options.daemon, options.tier, [] { glfwPostEmptyEvent(); });
    Rotation rotation(options.pages, options.filter, stage.sizes);
    rotation.choose_window(options.window);
    SignInForm form;
    form.expect(options.as);
    if (auto const in = sign_in_as(options, watcher); !in) {
        std::fprintf(stderr, "washup-board: %s\n", in.error().words.c_str());
    }
    std::string shown;
    while (glfwWindowShouldClose(stage.window) == 0 && !stop_asked()) {
        if (auto const fitted = fit_fonts(stage, options); !fitted) return exit_unavailable;
        rotation.set_sizes(stage.sizes);
        Look const look = watcher.look();
        auto const pressed = std::exchange(stage.pressed, {});
        take_pressed(stage, pressed, look, form, rotation, watcher.follower());
        rotation.tick(*look.model, look.now, look.steady_ms);
        PageUi ui = rotation.ui();
        ui.sign_in = {form.staff(), form.pin_digits(), form.at_pin(), form.is_open()};
        PageView const view = make_page(*look.model, look.link, look.now, ui);
        // A heartbeat that changes no word changes no pixel.
        std::string words = text_of(view) + std::to_string(look.model->head);
        if (words != shown) stage.frames_owed = std::max(stage.frames_owed, 1);
        if (stage.frames_owed > 0 && stage.width > 0) {
            draw(stage, view);
            stage.frames_owed -= 1;
            shown = std::move(words);
        }
        if (stage.frames_owed > 0) {
            glfwPollEvents();
        } else {
            glfwWaitEventsTimeout(idle_s(look));
        }
    }
    return exit_ok;
}

}  // namespace

int run_window(Options const& options) {
    Stage stage;
    if (!open_window(stage, options)) {
        std::fprintf(stderr,
                     "washup-board: no display to open a window on. Use --snapshot OUT.png for a "
                     "picture or --dump for text.\n");
        glfwTerminate();
        return exit_unavailable;
    }
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    int code = exit_unavailable;
    // The device objects now and not at the first frame, which would rasterise the atlas once more.
    if (ImGui_ImplOpenGL3_Init("#version 130") && ImGui_ImplOpenGL3_CreateDeviceObjects()) {
        code = loop(stage, options);
        release_atlas(stage);
        ImGui_ImplOpenGL3_Shutdown();
    } else {
        std::fprintf(stderr, "washup-board: the display has no OpenGL 3\n");
    }
    ImGui::DestroyContext();
    glfwDestroyWindow(stage.window);
    glfwTerminate();
    return code;
}

}  // namespace washup::board
