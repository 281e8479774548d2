#pragma once
// The facts of one field, in order. A fact is large and seldom changes once it is here, so the list
// holds it by reference: putting one in or out moves no other, and a copy of the list (the two
// folds begin as one, a past view begins at an image) shares them. Who changes a fact through the
// list gets one of their own first, so nobody sees another's change. Not a container for anything
// else.

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "daemon/core/fact.hpp"

namespace washup::core {

// The last run of equal values of one source: its first fact is the one that counts (repeating
// confirms and does not overwrite), its last tells when it was confirmed.
struct Run {
    Fact const* first = nullptr;
    Fact const* last = nullptr;
};

// By source; there are few, so a list is quicker than a map.
class Runs {
  public:
    // In the order of the facts.
    void add(Fact const& fact);
    // Does a run begin or end with it?
    bool need(Fact const& fact) const;
    std::vector<Run> const& all() const { return runs_; }

  private:
    std::vector<Run> runs_;
};

class FactList {
    using Shared = std::vector<std::shared_ptr<Fact>>;

    template <class Place, class Reference>
    class Iterator {
      public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = Fact;
        using difference_type = std::ptrdiff_t;
        using reference = Reference;
        using pointer = std::remove_reference_t<Reference>*;

        Iterator() = default;
        explicit Iterator(Place place) : place_(place) {}
        reference operator*() const {
            if constexpr (!std::is_const_v<std::remove_reference_t<Reference>>) own(*place_);
            return **place_;
        }
        pointer operator->() const { return &**this; }
        Iterator& operator++() {
            ++place_;
            return *this;
        }
        Iterator operator++(int) { return Iterator{place_++}; }
        friend bool operator==(Iterator const&, Iterator const&) = default;

      private:
        Place place_{};
    };

  public:
    using value_type = Fact;
    using iterator = Iterator<Shared::iterator, Fact&>;
    using const_iterator = Iterator<Shared::const_iterator, Fact const&>;

    std::size_t size() const { return facts_.size(); }
    bool empty() const { return facts_.empty(); }
    Fact const& operator[](std::size_t i) const { return *facts_[i]; }
    Fact const& front() const { return *facts_.front(); }
    Fact const& back() const { return *facts_.back(); }
    const_iterator begin() const { return const_iterator{facts_.begin()}; }
    const_iterator end() const { return const_iterator{facts_.end()}; }
    iterator begin() {
        forget();
        return iterator{facts_.begin()};
    }
    iterator end() { return iterator{facts_.end()}; }

    void insert(std::size_t before, Fact fact) {
        if (before != size()) runs_.reset();
        settled_ = std::min(settled_, before);
        auto const at = facts_.insert(facts_.begin() + static_cast<std::ptrdiff_t>(before),
                                      std::make_shared<Fact>(std::move(fact)));
        if (runs_) runs_->add(**at);
    }
    Fact& emplace_back() {
        forget();
        return *facts_.emplace_back(std::make_shared<Fact>());
    }
    void push_back(Fact fact) { insert(size(), std::move(fact)); }
    void erase(std::size_t at) {
        // Without what came between them two runs would be one; a repetition stands between none.
        auto const joins_none = at == 0 || repeats(at);
        if (runs_ && (runs_->need(*facts_[at]) || !joins_none)) runs_.reset();
        settled_ = at == 0 && settled_ > 0 ? settled_ - 1 : std::min(settled_, at);
        facts_.erase(facts_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    template <class Predicate>
    void erase_if(Predicate which) {
        forget();
        std::erase_if(facts_, [&](auto const& fact) { return which(std::as_const(*fact)); });
    }

    // The last run of each source over all facts, by the name of the source. Remembered: a long
    // list is read many times between two facts, and its facts lie far apart. Two threads may
    // not ask one list for the first time at once.
    std::vector<Run> const& runs() const {
        if (!runs_) {
            runs_.emplace();
            for (auto const& fact : facts_) runs_->add(*fact);
        }
        return runs_->all();
    }

    // How many of the first facts somebody has looked through and found as they should be: a note
    // for who looks for something in a long list with each new fact. It is taken back to where the
    // list changes, and says nothing about what is held.
    std::size_t settled() const { return settled_; }
    void note_settled(std::size_t count) { settled_ = count; }

  private:
    static void own(std::shared_ptr<Fact>& fact) {
        if (fact.use_count() > 1) fact = std::make_shared<Fact>(*fact);
    }

    // Says the same as the one before.
    bool repeats(std::size_t at) const;
    void forget() {
        settled_ = 0;
        runs_.reset();
    }

    Shared facts_;
    std::size_t settled_ = 0;
    mutable std::optional<Runs> runs_;
};

}  // namespace washup::core
