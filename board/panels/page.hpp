#pragma once
// A whole picture: head, one page's body, foot. The pages that exist, how they are called, and how
// each is made and drawn from a Model; nothing here knows a window.

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "board/panels/flow.hpp"
#include "board/panels/foot.hpp"
#include "board/panels/head.hpp"
#include "board/panels/sign_in.hpp"
#include "board/panels/wash_up.hpp"

namespace washup::board {

enum class PageId : std::uint8_t { wash_up, flow };
inline constexpr PageId all_pages[] = {PageId::wash_up, PageId::flow};

char const* name_of(PageId page);   // "wash-up"
char const* title_of(PageId page);  // "Wash-up"
std::optional<PageId> page_named(std::string_view name);

// Tier 0 holds nobody, and so has no Wash-up page: the Flow page stands for it.
PageId page_in(Model const& model, PageId chosen);

// What the viewer chose, for all pages.
struct PageUi {
    PageId page = PageId::wash_up;
    Filter filter;
    WashUpUi wash_up;
    FlowUi flow;
    SignInUi sign_in;
    int held_s = 0;
};

struct PageView {
    HeadView head;
    std::variant<WashUpView, FlowView, SignInView> body;
    FootView foot;
};

// Whatever page was chosen: while somebody signs in, it is the form for that.
PageView make_page(Model const& model, LinkState const& link, Instant now, PageUi const& ui);
void draw_page(Pen& pen, PageView const& view);
std::string text_of(PageView const& view);

}  // namespace washup::board
