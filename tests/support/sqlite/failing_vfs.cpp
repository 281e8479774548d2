#include "tests/support/sqlite/failing_vfs.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "proto/base/check.hpp"

namespace washup::test_support::failing_vfs {
namespace {

// One write, as it can be taken back.
struct Undo {
    sqlite3_int64 at, size_before;
    std::string before;
};

struct Shared {
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs own{};
    std::mutex mutex;
    int until_failure = -1;  // 0 = every call fails
    bool for_ever = false, failed = false;
    std::map<std::string, std::vector<Undo>> unsynced;
};
Shared& shared() {
    static Shared all;
    return all;
}

// SQLite gives the room for ours and, behind it, the real layer's.
struct File {
    sqlite3_file base;
    std::string* path;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
File* of(sqlite3_file* file) {
    return reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return of(file)->real();
}
sqlite3_io_methods const& methods_of(sqlite3_file* file) {
    return *real(file)->pMethods;
}

bool allow() {
    std::lock_guard const lock{shared().mutex};
    auto& until = shared().until_failure;
    if (until < 0) return true;
    if (until > 1) {
        --until;
        return true;
    }
    if (until == 1) {
        until = shared().for_ever ? 0 : -1;
        shared().failed = true;
    }
    return false;
}

void remember(sqlite3_file* file, sqlite3_int64 at, std::size_t size) {
    Undo undo{at, 0, std::string(size, '\0')};
    methods_of(file).xFileSize(real(file), &undo.size_before);
    // Past the end it reads zeros, as a hole would give.
    methods_of(file).xRead(real(file), undo.before.data(), static_cast<int>(size), at);
    std::lock_guard const lock{shared().mutex};
    shared().unsynced[*of(file)->path].push_back(std::move(undo));
}

int write(sqlite3_file* file, void const* data, int size, sqlite3_int64 at) {
    if (!allow()) return SQLITE_FULL;
    remember(file, at, static_cast<std::size_t>(size));
    return methods_of(file).xWrite(real(file), data, size, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (!allow()) return SQLITE_IOERR_TRUNCATE;
    return methods_of(file).xTruncate(real(file), size);
}
int sync(sqlite3_file* file, int flags) {
    if (!allow()) return SQLITE_IOERR_FSYNC;
    auto const code = methods_of(file).xSync(real(file), flags);
    std::lock_guard const lock{shared().mutex};
    shared().unsynced.erase(*of(file)->path);
    return code;
}
int close(sqlite3_file* file) {
    delete of(file)->path;
    return methods_of(file).xClose(real(file));
}

// Everything else goes to the real layer as it is. No memory-mapped reads (version 2).
sqlite3_io_methods make_methods() {
    sqlite3_io_methods m{};
    m.iVersion = 2;
    m.xClose = close;
    m.xWrite = write;
    m.xTruncate = truncate;
    m.xSync = sync;
    m.xRead = [](sqlite3_file* f, void* data, int size, sqlite3_int64 at) {
        return methods_of(f).xRead(real(f), data, size, at);
    };
    m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
        return methods_of(f).xFileSize(real(f), size);
    };
    m.xLock = [](sqlite3_file* f, int level) { return methods_of(f).xLock(real(f), level); };
    m.xUnlock = [](sqlite3_file* f, int level) { return methods_of(f).xUnlock(real(f), level); };
    m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
        return methods_of(f).xCheckReservedLock(real(f), out);
    };
    m.xFileControl = [](sqlite3_file* f, int what, void* with) {
        return methods_of(f).xFileControl(real(f), what, with);
    };
    m.xSectorSize = [](sqlite3_file* f) { return methods_of(f).xSectorSize(real(f)); };
    m.xDeviceCharacteristics = [](sqlite3_file* f) {
        return methods_of(f).xDeviceCharacteristics(real(f));
    };
    m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
        return methods_of(f).xShmMap(real(f), page, size, extend, out);
    };
    m.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
        return methods_of(f).xShmLock(real(f), offset, n, flags);
    };
    m.xShmBarrier = [](sqlite3_file* f) { methods_of(f).xShmBarrier(real(f)); };
    m.xShmUnmap = [](sqlite3_file* f, int remove) {
        return methods_of(f).xShmUnmap(real(f), remove);
    };
    return m;
}

int open(sqlite3_vfs*, char const* path, sqlite3_file* file, int flags, int* out) {
    static sqlite3_io_methods const methods = make_methods();
    file->pMethods = nullptr;
    auto const code = shared().real->xOpen(shared().real, path, real(file), flags, out);
    if (code != SQLITE_OK) return code;
    of(file)->path = new std::string{path != nullptr ? path : ""};
    file->pMethods = &methods;
    return code;
}

int remove_file(sqlite3_vfs*, char const* path, int sync_dir) {
    if (!allow()) return SQLITE_IOERR_DELETE;
    std::lock_guard const lock{shared().mutex};
    shared().unsynced.erase(path);
    return shared().real->xDelete(shared().real, path, sync_dir);
}

}  // namespace

void enable() {
    if (shared().real != nullptr) return;
    shared().real = sqlite3_vfs_find(nullptr);
    shared().own = *shared().real;
    shared().own.zName = name;
    shared().own.szOsFile = static_cast<int>(sizeof(File)) + shared().real->szOsFile;
    shared().own.pNext = nullptr;
    shared().own.xOpen = open;
    shared().own.xDelete = remove_file;
    sqlite3_vfs_register(&shared().own, 0);
}

void fail_nth(int n, bool for_ever) {
    std::lock_guard const lock{shared().mutex};
    shared().until_failure = n;
    shared().for_ever = for_ever;
    shared().failed = false;
}

void heal() {
    fail_nth(-1, false);
}

bool failed() {
    std::lock_guard const lock{shared().mutex};
    return shared().failed;
}

void cut_power(Prng& prng) {
    std::lock_guard const lock{shared().mutex};
    for (auto const& [path, undo] : shared().unsynced) {
        auto const fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
        if (fd < 0) continue;
        for (auto write = undo.rbegin(); write != undo.rend(); ++write) {
            if (prng.chance(300)) continue;  // this one had reached the disk, out of order
            auto const torn = prng.chance(200);
            auto const size = torn ? prng.below(write->before.size() + 1) : write->before.size();
            WASHUP_CHECK(::pwrite(fd, write->before.data(), size, write->at) >= 0, "a test disk");
            if (!prng.chance(700)) continue;
            WASHUP_CHECK(::ftruncate(fd, write->size_before) == 0, "a test disk");
        }
        ::close(fd);
    }
    shared().unsynced.clear();
}

void forget() {
    std::lock_guard const lock{shared().mutex};
    shared().unsynced.clear();
}

AsDefault::AsDefault() {
    if (std::filesystem::is_directory("/dev/shm")) ::setenv("TMPDIR", "/dev/shm", 1);
    enable();
    former_ = sqlite3_vfs_find(nullptr);
    sqlite3_vfs_register(sqlite3_vfs_find(name), 1);
}

AsDefault::~AsDefault() {
    heal();
    sqlite3_vfs_register(former_, 1);
}

}  // namespace washup::test_support::failing_vfs
