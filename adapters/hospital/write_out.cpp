#include "adapters/hospital/write_out.hpp"

#include <fmt/format.h>

#include <fstream>

namespace washup::hospital {
namespace {

namespace fs = std::filesystem;

bool write_file(fs::path const& file, std::string const& octets) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << octets;
    out.flush();
    return out.good();
}

}  // namespace

Result<WrittenCounts> write_out(ModelOptions options, int days, fs::path const& folder) {
    std::error_code fault;
    fs::create_directories(folder, fault);
    if (fault) return io_error(folder.string() + ": " + fault.message());
    auto day = london_date(options.history_start);
    auto const end = options.history_start + hours(24 * days);
    Model model(std::move(options));
    WrittenCounts counts;
    for (; london_midnight(day) < end; day = day + 1) {
        auto const until = std::min(london_midnight(day + 1) - milliseconds(1), end);
        std::string messages;
        for (auto const& output : model.step(until)) {
            if (auto const* const message = std::get_if<Message>(&output)) {
                messages += message->text + "\n";
                ++counts.messages;
            } else {
                auto const& file = std::get<Drop>(output).file;
                ++counts.files;
                if (!write_file(folder / file.name, file.octets)) {
                    return io_error("cannot write in " + folder.string());
                }
            }
        }
        if (!write_file(folder / fmt::format("messages_{}.hl7", to_iso(day)), messages)) {
            return io_error("cannot write in " + folder.string());
        }
    }
    return counts;
}

}  // namespace washup::hospital
