// Every panel in every state as a picture and as text, compared with the ones kept in pictures/.
// WASHUP_UPDATE_GOLDEN=1 writes them anew; a failing run leaves expected, actual and difference in
// the build folder under golden/.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "board/app/studio.hpp"
#include "board/panels/layout.hpp"
#include "tests/support/board_models.hpp"

namespace washup::board {
namespace {

namespace fs = std::filesystem;

// A picture may differ by a rounding of an edge, on another compiler or library version, and by no
// more.
constexpr double share_apart_max = 0.002;

struct Case {
    char const* name;
    PageId page;
    Model (*model)(int);
    int tier;
    int width, height;
    std::size_t sheet = 0;
    char const* team = "";
    float inches = 55;
    bool form = false;
};

Model nobody(int) {
    return tests::never_connected_board();
}

// On a machine that people sign in at: its standing tier before anybody did, after one was locked
// out, and the same rows with the names while one is in.
Model standing(int tier) {
    Model model = tests::many_people_board(tier);
    if (tier == 0) model.stays.clear();
    model.person.state = PersonState::signed_out;
    return model;
}
Model locked(int tier) {
    Model model = standing(tier);
    model.person.staff = "m.osei";
    model.person.words = "locked: nobody did anything here for 120 s";
    return model;
}
Model signed_in(int tier) {
    Model model = tests::many_people_board(tier);
    model.person = {PersonState::signed_in, "m.osei", {}, {}};
    return model;
}

Case const cases[] = {
    {"wash_up.empty", PageId::wash_up, tests::empty_board, 1, 960, 540},
    {"wash_up.one", PageId::wash_up, tests::one_person_board, 1, 960, 540},
    {"wash_up.many", PageId::wash_up, tests::many_people_board, 1, 960, 540},
    {"wash_up.many_names", PageId::wash_up, tests::many_people_board, 3, 1920, 1080},
    {"wash_up.many_wall", PageId::wash_up, tests::many_people_board, 1, 1920, 1080},
    {"wash_up.overflow", PageId::wash_up, tests::overflow_board, 1, 960, 540, 2},
    {"wash_up.longest_names", PageId::wash_up, tests::longest_names_board, 2, 1920, 1080},
    {"wash_up.longest_roles", PageId::wash_up, tests::longest_names_board, 1, 960, 540},
    {"wash_up.gone", PageId::wash_up, tests::after_the_wash_up_board, 1, 960, 540},
    {"wash_up.silent_source", PageId::wash_up, tests::silent_source_board, 1, 960, 540},
    {"wash_up.stale", PageId::wash_up, tests::stale_board, 1, 960, 540},
    {"wash_up.lost", PageId::wash_up, tests::lost_board, 1, 960, 540},
    {"wash_up.waiting", PageId::wash_up, nobody, 1, 960, 540},
    {"wash_up.filtered", PageId::wash_up, tests::many_people_board, 1, 960, 540, 0, "thanet"},
    {"flow.empty", PageId::flow, tests::empty_board, 1, 960, 540},
    {"flow.one", PageId::flow, tests::one_person_board, 1, 960, 540},
    {"flow.many", PageId::flow, tests::many_people_board, 1, 1920, 1080},
    {"flow.longest_names", PageId::flow, tests::longest_names_board, 1, 960, 540},
    {"flow.stale", PageId::flow, tests::stale_board, 1, 960, 540},
    {"wash_up.far", PageId::wash_up, tests::many_people_board, 1, 960, 540, 0, "", 43},
    {"flow.far", PageId::flow, tests::many_people_board, 1, 960, 540, 0, "", 43},
    {"wash_up.upright", PageId::wash_up, tests::many_people_board, 1, 540, 960},
    {"flow.upright", PageId::flow, tests::many_people_board, 1, 540, 960},
    {"flow.waiting", PageId::flow, nobody, 1, 960, 540},
    {"wash_up.standing", PageId::wash_up, standing, 1, 1920, 1080},
    {"wash_up.locked", PageId::wash_up, locked, 1, 960, 540},
    {"wash_up.signed_in", PageId::wash_up, signed_in, 3, 1920, 1080},
    {"flow.standing_counts", PageId::wash_up, standing, 0, 960, 540},
    {"sign_in.first", PageId::wash_up, standing, 1, 960, 540, 0, "", 55, true},
    {"sign_in.locked", PageId::wash_up, locked, 1, 1920, 1080, 0, "", 55, true},
    {"sign_in.upright", PageId::wash_up, locked, 1, 540, 960, 0, "", 55, true},
};

void PrintTo(Case const& c, std::ostream* out) {
    *out << c.name;
}

std::string read_text(fs::path const& path) {
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

class Panels : public testing::TestWithParam<Case> {};

TEST_P(Panels, LookAsKept) {
    Case const& c = GetParam();
    Panel panel;
    panel.width_px = static_cast<float>(c.width);
    panel.height_px = static_cast<float>(c.height);
    panel.inches = c.inches;
    auto studio = Studio::open(panel, fonts_folder_default);
    ASSERT_TRUE(studio.has_value()) << studio.error().words;

    Model const model = c.model(c.tier);
    Instant const now = daemon_now(model.link, tests::steady_now_ms, tests::board_now());
    PageUi ui;
    ui.page = c.page;
    ui.filter.team = c.team;
    ui.wash_up.filter = ui.flow.filter = ui.filter;
    ui.wash_up.rows_a_page = rows_a_page((*studio)->sizes());
    ui.flow.bars = flow_layout((*studio)->sizes()).bars;
    turn_wash_up(ui.wash_up, model, now, 0);
    turn_wash_up(ui.wash_up, model, now, c.sheet);
    if (c.form) ui.sign_in = {{}, 0, false, true};
    if (c.form && !model.person.staff.empty()) ui.sign_in = {model.person.staff, 3, true, true};
    PageView const view = make_page(model, link_state(model.link, tests::steady_now_ms), now, ui);
    auto const actual = (*studio)->draw(view);
    ASSERT_TRUE(actual.has_value()) << actual.error().words;
    std::string const text = text_of(view);

    fs::path const kept = fs::path(WASHUP_SOURCE_DIR) / "tests/golden/pictures";
    fs::path const picture = kept / (std::string(c.name) + ".png");
    fs::path const words = kept / (std::string(c.name) + ".txt");
    if (std::getenv("WASHUP_UPDATE_GOLDEN") != nullptr) {
        fs::create_directories(kept);
        ASSERT_TRUE(write_png(*actual, picture.string()).has_value());
        std::ofstream(words) << text;
        return;
    }
    EXPECT_EQ(read_text(words), text);
    auto const expected = read_png(picture.string());
    ASSERT_TRUE(expected.has_value()) << expected.error().words;
    Difference const apart = compare(*expected, *actual);
    EXPECT_TRUE(apart.same_size);
    EXPECT_LE(apart.share_apart, share_apart_max);
    if (testing::Test::HasFailure()) {
        fs::path const out = fs::path(WASHUP_BUILD_DIR) / "golden";
        fs::create_directories(out);
        (void)write_png(*expected, (out / (std::string(c.name) + ".expected.png")).string());
        (void)write_png(*actual, (out / (std::string(c.name) + ".actual.png")).string());
        (void)write_png(picture_of_difference(*expected, *actual),
                        (out / (std::string(c.name) + ".difference.png")).string());
    }
}

std::string case_name(testing::TestParamInfo<Case> const& info) {
    std::string name = info.param.name;
    for (char& c : name) c = c == '.' ? '_' : c;
    return name;
}

INSTANTIATE_TEST_SUITE_P(Golden, Panels, testing::ValuesIn(cases), case_name);

}  // namespace
}  // namespace washup::board
