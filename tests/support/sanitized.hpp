#pragma once
// Is this built with a sanitizer? It keeps memory of its own, so figures and limits of memory say
// nothing about the program then.

namespace washup::test_support {

constexpr bool sanitized() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#elif defined(__has_feature)
    return __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
    return false;
#endif
}

}  // namespace washup::test_support
