#include "daemon/shell/key_watch.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "daemon/settings/settings.hpp"

namespace washup::shell {

KeyWatch::Seen KeyWatch::see(std::filesystem::path const& file) {
    struct stat info {};
    if (::stat(file.c_str(), &info) != 0) return {file, 0, 0, 0};
    return {file, info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec, info.st_size,
            info.st_ino};
}

std::optional<KeyWatch::News> KeyWatch::look() {
    auto const same = [](Seen const& before) { return see(before.file) == before; };
    if (!seen_.empty() && std::all_of(seen_.begin(), seen_.end(), same)) return std::nullopt;
    // Seen before they are read: what is written meanwhile is read at the next look. A file that
    // is new to the list has none, and is read twice.
    std::vector<Seen> seen;
    for (auto const& before : seen_) seen.push_back(see(before.file));
    config::Faults faults;
    auto list = settings::load_keys(site_file_, faults);
    // With a fault the files of before are watched too: one that is missing may come back.
    auto next = faults.empty() ? std::vector<Seen>{} : seen;
    for (auto const& file : list.files) {
        auto const of_file = [&](Seen const& one) { return one.file == file; };
        if (std::any_of(next.begin(), next.end(), of_file)) continue;
        auto const known = std::find_if(seen.begin(), seen.end(), of_file);
        next.push_back(known != seen.end() ? *known : Seen{file, 0, 0, 0});
    }
    seen_ = std::move(next);
    News news{std::move(list.keys), std::move(list.staff_roles), {}};
    if (!faults.empty()) news.fault = config::to_text(faults.list().front());
    return news;
}

}  // namespace washup::shell
