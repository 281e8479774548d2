#include "board/panels/page.hpp"

namespace washup::board {

char const* name_of(PageId page) {
    switch (page) {
        case PageId::wash_up:
            return "wash-up";
        case PageId::flow:
            return "flow";
    }
    return "";
}

char const* title_of(PageId page) {
    switch (page) {
        case PageId::wash_up:
            return "Wash-up";
        case PageId::flow:
            return "Flow";
    }
    return "";
}

std::optional<PageId> page_named(std::string_view name) {
    for (PageId page : all_pages) {
        if (name == name_of(page)) return page;
    }
    return std::nullopt;
}

PageId page_in(Model const& model, PageId chosen) {
    return model.tier == 0 ? PageId::flow : chosen;
}

PageView make_page(Model const& model, LinkState const& link, Instant now, PageUi const& ui) {
    PageView view;
    HeadUi head;
    auto const page = page_in(model, ui.page);
    head.title = title_of(page);
    head.filter = ui.filter;
    head.held_s = ui.held_s;
    Phrase right;
    if (ui.sign_in.open) {
        head.title = "Sign in";
        head.form = true;
        head.held_s = 0;
        view.body = make_sign_in(model, ui.sign_in);
    } else if (page == PageId::wash_up) {
        WashUpView body = make_wash_up(model, link, now, ui.wash_up);
        head.page = body.page;
        head.pages = body.pages;
        right = body.more;
        view.body = std::move(body);
    } else {
        FlowView body = make_flow(model, link, now, ui.flow);
        right = body.right;
        view.body = std::move(body);
    }
    view.head = make_head(model, link, now, head);
    view.foot = make_foot(model, link, now, ui.filter, std::move(right));
    return view;
}

void draw_page(Pen& pen, PageView const& view) {
    if (auto const* body = std::get_if<WashUpView>(&view.body)) draw_wash_up(pen, *body);
    if (auto const* body = std::get_if<FlowView>(&view.body)) draw_flow(pen, *body);
    if (auto const* body = std::get_if<SignInView>(&view.body)) draw_sign_in(pen, *body);
    draw_head(pen, view.head);
    draw_foot(pen, view.foot);
}

std::string text_of(PageView const& view) {
    std::string out = text_of(view.head);
    std::visit([&](auto const& body) { out += text_of(body); }, view.body);
    return out + text_of(view.foot);
}

}  // namespace washup::board
