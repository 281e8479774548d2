#include "tests/sim/memory_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <vector>

namespace washup::sim::memory_vfs {
namespace {

constexpr std::size_t no_end = std::numeric_limits<std::size_t>::max();

// One write, as it can be taken back.
struct Undo {
    std::size_t at = 0, size_before = 0;
    std::string before;
};

struct File;

// A file with its locks. SQLite's shared memory belongs to it, and is gone with its last user.
struct Node {
    std::string octets;
    std::vector<Undo> unsynced;
    int sharing = 0;
    File* reserved = nullptr;
    File* exclusive = nullptr;
    std::vector<std::unique_ptr<char[]>> shared_memory;
    std::array<int, SQLITE_SHM_NLOCK> shm_sharing{};
    std::array<File*, SQLITE_SHM_NLOCK> shm_exclusive{};
    int shm_users = 0;
};
using NodePtr = std::shared_ptr<Node>;

// SQLite gives the room for it, without a constructor's call.
struct File {
    sqlite3_file base;
    NodePtr* node;
    int level;
    bool maps;
    unsigned shm_shared, shm_exclusive;  // bits of the locks held
};

struct Shared {
    sqlite3_vfs own{};
    std::map<std::string, NodePtr> files;
    std::size_t calls_left = no_end, room = no_end;
    bool reads_fail = false;
};
Shared& all() {
    static Shared shared;
    return shared;
}

File* of(sqlite3_file* file) {
    return reinterpret_cast<File*>(file);
}
Node& node(sqlite3_file* file) {
    return **of(file)->node;
}
bool alive() {
    if (all().calls_left == no_end) return true;
    if (all().calls_left == 0) return false;
    --all().calls_left;
    return true;
}
std::size_t octets_in_all() {
    std::size_t sum = 0;
    for (auto const& [path, file] : all().files) sum += file->octets.size();
    return sum;
}

// ---- Reading and writing ------------------------------------------------------------------------

int read(sqlite3_file* file, void* into, int size, sqlite3_int64 at) {
    if (all().reads_fail) return SQLITE_IOERR_READ;
    auto const& octets = node(file).octets;
    auto const from = std::min(static_cast<std::size_t>(at), octets.size());
    auto const got = std::min(static_cast<std::size_t>(size), octets.size() - from);
    std::memcpy(into, octets.data() + from, got);
    if (got == static_cast<std::size_t>(size)) return SQLITE_OK;
    std::memset(static_cast<char*>(into) + got, 0, static_cast<std::size_t>(size) - got);
    return SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file* file, void const* from, int size, sqlite3_int64 at) {
    if (!alive()) return SQLITE_IOERR_WRITE;
    auto& to = node(file);
    auto const begin = static_cast<std::size_t>(at);
    auto const end = begin + static_cast<std::size_t>(size);
    auto const grows = end > to.octets.size() ? end - to.octets.size() : 0;
    if (all().room != no_end && octets_in_all() + grows > all().room) return SQLITE_FULL;
    Undo undo{begin, to.octets.size(), {}};
    if (grows > 0) to.octets.resize(end, '\0');
    undo.before = to.octets.substr(begin, end - begin);
    to.unsynced.push_back(std::move(undo));
    std::memcpy(to.octets.data() + begin, from, static_cast<std::size_t>(size));
    return SQLITE_OK;
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (!alive()) return SQLITE_IOERR_TRUNCATE;
    auto& to = node(file);
    auto const kept = std::min(static_cast<std::size_t>(size), to.octets.size());
    to.unsynced.push_back({kept, to.octets.size(), to.octets.substr(kept)});
    to.octets.resize(kept);
    return SQLITE_OK;
}

int sync(sqlite3_file* file, int) {
    if (!alive()) return SQLITE_IOERR_FSYNC;
    node(file).unsynced.clear();
    return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(node(file).octets.size());
    return SQLITE_OK;
}

// ---- Locks --------------------------------------------------------------------------------------

int unlock(sqlite3_file* file, int level) {
    auto& to = node(file);
    auto* const self = of(file);
    if (self->level <= level) return SQLITE_OK;
    if (to.exclusive == self) to.exclusive = nullptr;
    if (to.reserved == self) to.reserved = nullptr;
    if (level == SQLITE_LOCK_NONE && self->level >= SQLITE_LOCK_SHARED) --to.sharing;
    self->level = level;
    return SQLITE_OK;
}

int lock(sqlite3_file* file, int level) {
    auto& to = node(file);
    auto* const self = of(file);
    if (self->level >= level) return SQLITE_OK;
    if (to.exclusive != nullptr && to.exclusive != self) return SQLITE_BUSY;
    if (level >= SQLITE_LOCK_RESERVED && to.reserved != nullptr && to.reserved != self) {
        return SQLITE_BUSY;
    }
    auto const others = to.sharing - (self->level >= SQLITE_LOCK_SHARED ? 1 : 0);
    if (level == SQLITE_LOCK_EXCLUSIVE && others > 0) return SQLITE_BUSY;
    if (self->level == SQLITE_LOCK_NONE) ++to.sharing;
    if (level >= SQLITE_LOCK_RESERVED) to.reserved = self;
    if (level == SQLITE_LOCK_EXCLUSIVE) to.exclusive = self;
    self->level = level;
    return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* held) {
    *held = node(file).reserved != nullptr ? 1 : 0;
    return SQLITE_OK;
}

// ---- Shared memory of the write-ahead log -------------------------------------------------------

int shm_map(sqlite3_file* file, int region, int size, int extend, void volatile** out) {
    auto& to = node(file);
    auto* const self = of(file);
    if (!self->maps) {
        self->maps = true;
        ++to.shm_users;
    }
    auto const place = static_cast<std::size_t>(region);
    *out = nullptr;
    if (place >= to.shared_memory.size() && extend == 0) return SQLITE_OK;
    while (place >= to.shared_memory.size()) {
        to.shared_memory.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    }
    *out = to.shared_memory[place].get();
    return SQLITE_OK;
}

int shm_lock(sqlite3_file* file, int offset, int count, int flags) {
    auto& to = node(file);
    auto* const self = of(file);
    bool const shared = (flags & SQLITE_SHM_SHARED) != 0;
    auto const bit = [](int i) { return 1u << static_cast<unsigned>(i); };
    for (int i = offset; i < offset + count && (flags & SQLITE_SHM_LOCK) != 0; ++i) {
        auto const slot = static_cast<std::size_t>(i);
        auto* const holder = to.shm_exclusive[slot];
        if (holder != nullptr && holder != self) return SQLITE_BUSY;
        auto const mine = (self->shm_shared & bit(i)) != 0 ? 1 : 0;
        if (!shared && to.shm_sharing[slot] > mine) return SQLITE_BUSY;
    }
    for (int i = offset; i < offset + count; ++i) {
        auto const slot = static_cast<std::size_t>(i);
        auto& bits = shared ? self->shm_shared : self->shm_exclusive;
        bool const held = (bits & bit(i)) != 0;
        bool const wanted = (flags & SQLITE_SHM_LOCK) != 0;
        if (held == wanted) continue;
        bits ^= bit(i);
        if (shared) {
            to.shm_sharing[slot] += wanted ? 1 : -1;
        } else {
            to.shm_exclusive[slot] = wanted ? self : nullptr;
        }
    }
    return SQLITE_OK;
}

int shm_unmap(sqlite3_file* file, int) {
    auto* const self = of(file);
    if (!self->maps) return SQLITE_OK;
    shm_lock(file, 0, SQLITE_SHM_NLOCK, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED);
    shm_lock(file, 0, SQLITE_SHM_NLOCK, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
    self->maps = false;
    if (--node(file).shm_users == 0) node(file).shared_memory.clear();
    return SQLITE_OK;
}

int close(sqlite3_file* file) {
    shm_unmap(file, 0);
    unlock(file, SQLITE_LOCK_NONE);
    delete of(file)->node;
    of(file)->node = nullptr;
    return SQLITE_OK;
}

sqlite3_io_methods make_methods() {
    sqlite3_io_methods m{};
    m.iVersion = 2;
    m.xClose = close;
    m.xRead = read;
    m.xWrite = write;
    m.xTruncate = truncate;
    m.xSync = sync;
    m.xFileSize = file_size;
    m.xLock = lock;
    m.xUnlock = unlock;
    m.xCheckReservedLock = check_reserved;
    m.xFileControl = [](sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; };
    m.xSectorSize = [](sqlite3_file*) { return 4096; };
    m.xDeviceCharacteristics = [](sqlite3_file*) { return 0; };
    m.xShmMap = shm_map;
    m.xShmLock = shm_lock;
    m.xShmBarrier = [](sqlite3_file*) {};
    m.xShmUnmap = shm_unmap;
    return m;
}

// ---- The file system ----------------------------------------------------------------------------

int open(sqlite3_vfs*, char const* path, sqlite3_file* file, int flags, int* out) {
    static sqlite3_io_methods const methods = make_methods();
    auto& files = all().files;
    std::string const key = path != nullptr ? path : "";
    auto found = files.find(key);
    // A database that the journal made on the real disk, empty, is an empty one here.
    auto const makes = (flags & (SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB)) != 0;
    file->pMethods = nullptr;
    if (found == files.end() && !makes) return SQLITE_CANTOPEN;
    if (found == files.end()) found = files.emplace(key, std::make_shared<Node>()).first;
    auto* const self = of(file);
    self->node = new NodePtr{found->second};
    self->level = SQLITE_LOCK_NONE;
    self->maps = false;
    self->shm_shared = self->shm_exclusive = 0;
    file->pMethods = &methods;
    if (out != nullptr) *out = flags;
    return SQLITE_OK;
}

int remove_file(sqlite3_vfs*, char const* path, int) {
    if (!alive()) return SQLITE_IOERR_DELETE;
    all().files.erase(path);
    return SQLITE_OK;
}

int access(sqlite3_vfs*, char const* path, int, int* out) {
    *out = all().files.contains(path) ? 1 : 0;
    return SQLITE_OK;
}

void take_back(Node& file, Prng& chance) {
    for (auto undo = file.unsynced.rbegin(); undo != file.unsynced.rend(); ++undo) {
        if (chance.chance(300)) continue;  // this one had reached the disk, out of order
        auto const whole = undo->before.size();
        auto const size = chance.chance(200) ? chance.below(whole + 1) : whole;
        if (file.octets.size() < undo->at + size) file.octets.resize(undo->at + size, '\0');
        file.octets.replace(undo->at, size, undo->before, 0, size);
        if (chance.chance(700)) file.octets.resize(undo->size_before, '\0');
    }
    file.unsynced.clear();
}

}  // namespace

void enable() {
    if (all().own.zName != nullptr) return;
    all().own = *sqlite3_vfs_find(nullptr);
    all().own.zName = name;
    all().own.szOsFile = static_cast<int>(sizeof(File));
    all().own.pNext = nullptr;
    all().own.xOpen = open;
    all().own.xDelete = remove_file;
    all().own.xAccess = access;
    sqlite3_vfs_register(&all().own, 0);
}

void clear() {
    all().files.clear();
    thaw();
    make_room();
    fail_reads(false);
}

void freeze_after(std::size_t calls) {
    all().calls_left = std::min(all().calls_left, calls);
}
void thaw() {
    all().calls_left = no_end;
}
void set_room(std::size_t octets_more) {
    all().room = octets_in_all() + octets_more;
}
void make_room() {
    all().room = no_end;
}
void fail_reads(bool fail) {
    all().reads_fail = fail;
}

void cut_power(Prng& chance) {
    for (auto& [path, file] : all().files) take_back(*file, chance);
}

std::map<std::string, std::string> all_octets() {
    std::map<std::string, std::string> files;
    for (auto const& [path, file] : all().files) files[path] = file->octets;
    return files;
}

void put_all(std::map<std::string, std::string> const& files) {
    all().files.clear();
    for (auto const& [path, octets] : files) {
        all().files[path] = std::make_shared<Node>();
        all().files[path]->octets = octets;
    }
}

}  // namespace washup::sim::memory_vfs
