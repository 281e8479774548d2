#include "tests/support/alloc/failing_alloc.hpp"

#include <malloc.h>
#include <sqlite3.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace washup::test_support::failing_alloc {
namespace {

std::atomic<std::uint64_t> count{0};
std::atomic<std::uint64_t> fails_at{0};  // 0 = never
std::atomic<bool> for_ever_after{false};
std::atomic<bool> has_failed{false};
std::atomic<std::int64_t> living{0};

bool fails_now() {
    auto const at = fails_at.load();
    if (at == 0) return false;
    auto const n = ++count;
    if (n != at && !(for_ever_after.load() && n > at)) return false;
    has_failed = true;
    return true;
}

void* take(std::size_t size) {
    if (fails_now()) return nullptr;
    auto* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory != nullptr) ++living;
    return memory;
}
void give_back(void* memory) {
    if (memory == nullptr) return;
    --living;
    std::free(memory);
}

void* sqlite_take(int size) {
    return take(static_cast<std::size_t>(size));
}
void* sqlite_resize(void* memory, int size) {
    return fails_now() ? nullptr : std::realloc(memory, static_cast<std::size_t>(size));
}
int sqlite_size(void* memory) {
    return memory == nullptr ? 0 : static_cast<int>(::malloc_usable_size(memory));
}
int sqlite_round(int size) {
    return (size + 7) & ~7;
}

// Before anything asks SQLite for anything.
[[maybe_unused]] bool const sqlite_is_ours = [] {
    static sqlite3_mem_methods const ours{sqlite_take,   give_back,
                                          sqlite_resize, sqlite_size,
                                          sqlite_round,  [](void*) { return SQLITE_OK; },
                                          [](void*) {},  nullptr};
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) == SQLITE_OK;
}();

}  // namespace

Armed::Armed(std::uint64_t nth, bool for_ever) {
    count = 0;
    has_failed = false;
    for_ever_after = for_ever;
    fails_at = nth;
}
Armed::~Armed() {
    fails_at = 0;
}

bool failed() {
    return has_failed;
}
std::int64_t live() {
    return living;
}

}  // namespace washup::test_support::failing_alloc

void* operator new(std::size_t size) {
    auto* const memory = washup::test_support::failing_alloc::take(size);
    if (memory != nullptr) return memory;
    if (auto const handler = std::get_new_handler()) handler();
    throw std::bad_alloc{};
}
void* operator new[](std::size_t size) {
    return operator new(size);
}
// A sanitizer has its own of these two, whose memory may not come to our delete.
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return washup::test_support::failing_alloc::take(size);
}
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    return washup::test_support::failing_alloc::take(size);
}
void operator delete(void* memory) noexcept {
    washup::test_support::failing_alloc::give_back(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    washup::test_support::failing_alloc::give_back(memory);
}
void operator delete[](void* memory) noexcept {
    washup::test_support::failing_alloc::give_back(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
    washup::test_support::failing_alloc::give_back(memory);
}
