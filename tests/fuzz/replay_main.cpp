// Runs a fuzz target without libFuzzer: every file of a corpus folder as it is, then seeded
// mutations of them. The same seed gives the same inputs on every machine; a failure prints the
// round, and --round N repeats that one alone.

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "proto/base/prng.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

namespace {

constexpr std::size_t input_bytes_max = 1 << 16;
constexpr std::uint64_t rounds_short = 4000, rounds_long = 40000;

// The round under way, said when the process dies in it.
char current_round[32] = "the corpus";
extern "C" void say_round(int) {
    for (auto const* text : {"ended in round ", static_cast<char const*>(current_round), "\n"}) {
        if (write(STDERR_FILENO, text, std::strlen(text)) < 0) return;
    }
    std::signal(SIGABRT, SIG_DFL);
}

std::vector<std::string> read_corpus(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code none;
    for (auto const& entry : std::filesystem::directory_iterator(folder, none)) {
        if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::vector<std::string> out;
    for (auto const& file : files) {
        std::ifstream in{file, std::ios::binary};
        out.emplace_back(std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{});
    }
    return out;
}

void mutate_once(std::string& input, std::vector<std::string> const& corpus, washup::Prng& chance) {
    // Bytes that mean something to one format or another.
    static constexpr char marks[] = "\x0b\x1c\r\n\0|^~\\&\"\t,;=[]{}\xff\x80\x7f 09aZ";
    auto const at = static_cast<std::size_t>(chance.below(input.size() + 1));
    auto const mark = marks[chance.below(sizeof marks - 1)];
    switch (chance.below(7)) {
        case 0:
            input.insert(at, 1, mark);
            break;
        case 1:
            input.insert(at, 1, static_cast<char>(chance.below(256)));
            break;
        case 2:
            input.erase(at, chance.below(16));
            break;
        case 3:
            input.resize(at);
            break;
        case 4: {  // a piece of its own once more
            auto const from = static_cast<std::size_t>(chance.below(input.size() + 1));
            input.insert(at, input.substr(from, chance.below(64)));
            break;
        }
        case 5: {  // a piece of another
            auto const& other = corpus[chance.below(corpus.size())];
            auto const from = static_cast<std::size_t>(chance.below(other.size() + 1));
            input.insert(at, other.substr(from, chance.below(256)));
            break;
        }
        default:
            if (at < input.size()) input[at] = mark;
    }
    if (input.size() > input_bytes_max) input.resize(input_bytes_max);
}

void run(std::string const& input) {
    // A copy of its own size, so that a sanitizer sees the first byte beyond it.
    std::vector<std::uint8_t> const bytes(input.begin(), input.end());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void run_round(std::uint64_t round, std::vector<std::string> const& corpus) {
    std::snprintf(current_round, sizeof current_round, "%llu",
                  static_cast<unsigned long long>(round));
    washup::Prng chance{round};
    auto input = corpus[chance.below(corpus.size())];
    for (auto count = 1 + chance.below(8); count > 0; --count) mutate_once(input, corpus, chance);
    run(input);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s CORPUS_FOLDER [--round N]\n", argv[0]);
        return 2;
    }
    std::signal(SIGABRT, say_round);  // a broken WASHUP_CHECK
    auto corpus = read_corpus(argv[1]);
    auto const files = corpus.size();
    for (auto const& input : corpus) run(input);
    corpus.emplace_back();
    if (argc == 4 && std::string{argv[2]} == "--round") {
        run_round(std::strtoull(argv[3], nullptr, 10), corpus);
        return 0;
    }
    auto const rounds = std::getenv("WASHUP_LONG") ? rounds_long : rounds_short;
    for (std::uint64_t round = 1; round <= rounds; ++round) run_round(round, corpus);
    std::printf("%zu files and %llu mutations\n", files, static_cast<unsigned long long>(rounds));
    return 0;
}
