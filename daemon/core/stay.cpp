#include "daemon/core/stay.hpp"

#include <algorithm>

namespace washup::core {
namespace {

template <class List, class Id>
auto find_by_id(List& list, Id wanted) -> decltype(list.data()) {
    auto const it = std::find_if(list.begin(), list.end(),
                                 [&](auto const& entry) { return entry.id == wanted; });
    return it == list.end() ? nullptr : &*it;
}

}  // namespace

Blocker const* Stay::blocker(BlockerId wanted) const {
    return find_by_id(blockers, wanted);
}
Action const* Stay::action(ActionId wanted) const {
    return find_by_id(actions, wanted);
}

FieldHistory const* Stay::history(Field wanted) const {
    auto const it = fields.find(wanted);
    return it == fields.end() ? nullptr : &it->second;
}

}  // namespace washup::core
