#pragma once
// A file system layer for SQLite that fails when it is told to, and that remembers what was written
// and not synced, so that a power cut can take it back.

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "proto/base/prng.hpp"

namespace washup::journal::test {

class FailingVfs {
  public:
    static constexpr char const* name = "washup_failing";

    // One for the process; SQLite keeps its address.
    static FailingVfs& get() {
        static FailingVfs vfs;
        return vfs;
    }

    // The n-th write, sync or truncate from now on fails, and with `for_ever` all after it.
    void fail_nth(int n, bool for_ever) {
        std::lock_guard const lock{mutex_};
        until_failure_ = n;
        for_ever_ = for_ever;
        failed_ = false;
        calls_ = 0;
    }
    void heal() { fail_nth(-1, false); }
    int calls() const {
        std::lock_guard const lock{mutex_};
        return calls_;
    }
    bool failed() const {
        std::lock_guard const lock{mutex_};
        return failed_;
    }

    // Takes back what was written since the last sync of each file: all of it, or by chance a part,
    // from any place on, or only some octets of a write.
    void cut_power(Prng& prng) {
        std::lock_guard const lock{mutex_};
        for (auto& [path, undo] : unsynced_) {
            auto const fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
            if (fd < 0) continue;
            for (auto write = undo.rbegin(); write != undo.rend(); ++write) {
                if (prng.chance(300)) continue;  // this one had reached the disk, out of order
                auto const size =
                    prng.chance(200) ? prng.below(write->before.size() + 1) : write->before.size();
                if (::pwrite(fd, write->before.data(), size, write->at) < 0) std::abort();
                if (prng.chance(700) && ::ftruncate(fd, write->size_before) != 0) std::abort();
            }
            ::close(fd);
        }
        unsynced_.clear();
    }
    void forget() {
        std::lock_guard const lock{mutex_};
        unsynced_.clear();
    }

  private:
    struct Undo {
        sqlite3_int64 at, size_before;
        std::string before;
    };
    struct File {
        sqlite3_file base;
        std::string* path;
        sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
    };
    static File* of(sqlite3_file* file) { return reinterpret_cast<File*>(file); }

    FailingVfs() {
        real_ = sqlite3_vfs_find(nullptr);
        vfs_ = *real_;
        vfs_.zName = name;
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.pNext = nullptr;
        vfs_.xOpen = open;
        vfs_.xDelete = [](sqlite3_vfs*, char const* path, int sync) {
            auto& self = get();
            if (!self.allow()) return SQLITE_IOERR_DELETE;
            std::lock_guard const lock{self.mutex_};
            self.unsynced_.erase(path);
            return self.real_->xDelete(self.real_, path, sync);
        };
        sqlite3_vfs_register(&vfs_, 0);
    }

    bool allow() {
        std::lock_guard const lock{mutex_};
        ++calls_;
        if (until_failure_ < 0) return true;
        if (until_failure_ > 1) return --until_failure_, true;
        if (until_failure_ == 1) {
            until_failure_ = for_ever_ ? 0 : -1;
            failed_ = true;
            return false;
        }
        return false;
    }

    static int open(sqlite3_vfs*, char const* path, sqlite3_file* file, int flags, int* out) {
        auto& self = get();
        auto* const own = of(file);
        own->base.pMethods = nullptr;
        own->path = nullptr;
        auto const code = self.real_->xOpen(self.real_, path, own->real(), flags, out);
        if (code != SQLITE_OK) return code;
        own->path = new std::string{path != nullptr ? path : ""};
        own->base.pMethods = &self.methods();
        return code;
    }

    void remember(File* file, sqlite3_int64 at, std::size_t size) {
        sqlite3_int64 size_before = 0;
        file->real()->pMethods->xFileSize(file->real(), &size_before);
        Undo undo{at, size_before, std::string(size, '\0')};
        // A short read past the end fills with zero, as a hole would.
        file->real()->pMethods->xRead(file->real(), undo.before.data(), static_cast<int>(size), at);
        std::lock_guard const lock{mutex_};
        unsynced_[*file->path].push_back(std::move(undo));
    }

    static int write(sqlite3_file* file, void const* data, int size, sqlite3_int64 at) {
        if (!get().allow()) return SQLITE_FULL;
        get().remember(of(file), at, static_cast<std::size_t>(size));
        return of(file)->real()->pMethods->xWrite(of(file)->real(), data, size, at);
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        if (!get().allow()) return SQLITE_IOERR_TRUNCATE;
        return of(file)->real()->pMethods->xTruncate(of(file)->real(), size);
    }
    static int sync(sqlite3_file* file, int flags) {
        if (!get().allow()) return SQLITE_IOERR_FSYNC;
        auto const code = of(file)->real()->pMethods->xSync(of(file)->real(), flags);
        std::lock_guard const lock{get().mutex_};
        get().unsynced_.erase(*of(file)->path);
        return code;
    }

    sqlite3_io_methods const& methods() {
        static sqlite3_io_methods const methods = [] {
            sqlite3_io_methods m{};
            m.iVersion = 2;  // with shared memory, without memory-mapped reads
            m.xClose = [](sqlite3_file* f) {
                delete of(f)->path;
                return of(f)->real()->pMethods->xClose(of(f)->real());
            };
            m.xRead = [](sqlite3_file* f, void* data, int size, sqlite3_int64 at) {
                return of(f)->real()->pMethods->xRead(of(f)->real(), data, size, at);
            };
            m.xWrite = write;
            m.xTruncate = truncate;
            m.xSync = sync;
            m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
                return of(f)->real()->pMethods->xFileSize(of(f)->real(), size);
            };
            m.xLock = [](sqlite3_file* f, int level) {
                return of(f)->real()->pMethods->xLock(of(f)->real(), level);
            };
            m.xUnlock = [](sqlite3_file* f, int level) {
                return of(f)->real()->pMethods->xUnlock(of(f)->real(), level);
            };
            m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
                return of(f)->real()->pMethods->xCheckReservedLock(of(f)->real(), out);
            };
            m.xFileControl = [](sqlite3_file* f, int what, void* with) {
                return of(f)->real()->pMethods->xFileControl(of(f)->real(), what, with);
            };
            m.xSectorSize = [](sqlite3_file* f) {
                return of(f)->real()->pMethods->xSectorSize(of(f)->real());
            };
            m.xDeviceCharacteristics = [](sqlite3_file* f) {
                return of(f)->real()->pMethods->xDeviceCharacteristics(of(f)->real());
            };
            m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
                return of(f)->real()->pMethods->xShmMap(of(f)->real(), page, size, extend, out);
            };
            m.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
                return of(f)->real()->pMethods->xShmLock(of(f)->real(), offset, n, flags);
            };
            m.xShmBarrier = [](sqlite3_file* f) {
                of(f)->real()->pMethods->xShmBarrier(of(f)->real());
            };
            m.xShmUnmap = [](sqlite3_file* f, int remove) {
                return of(f)->real()->pMethods->xShmUnmap(of(f)->real(), remove);
            };
            return m;
        }();
        return methods;
    }

    sqlite3_vfs* real_ = nullptr;
    sqlite3_vfs vfs_{};
    mutable std::mutex mutex_;
    int until_failure_ = -1;  // 0 = every call fails
    bool for_ever_ = false, failed_ = false;
    int calls_ = 0;
    std::map<std::string, std::vector<Undo>> unsynced_;
};

}  // namespace washup::journal::test
