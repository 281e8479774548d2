// `washupctl paper`: the sheet for when daemon or network are gone, kept locked on this machine.

#include <fmt/format.h>
#include <signal.h>
#include <sodium.h>

#include <algorithm>
#include <cstdio>

#include "board/ctl/paper_folder.hpp"
#include "board/ctl/program.hpp"
#include "board/ctl/whole_file.hpp"
#include "board/keep/lock.hpp"
#include "board/keep/plan.hpp"
#include "board/link/ask_report.hpp"
#include "board/paper/html.hpp"
#include "proto/base/clock.hpp"

namespace washup::board::ctl {
namespace {

struct PaperChoice {
    std::string folder, file, out, scope;
    int before_min = 15;
    bool once = false, again = false;
};

// The times of the wash-ups that the sheet tells; what cannot be read is none.
std::vector<Instant> meetings_of(Report const& sheet) {
    std::vector<Instant> meetings;
    for (auto const& table : sheet.tables) {
        if (table.name != "planned") continue;
        for (auto const& line : table.lines) {
            if (auto const at = minute_of(line.back())) meetings.push_back(*at);
        }
    }
    return meetings;
}

// One service: what it knows between two looks.
class Service {
  public:
    Service(PaperChoice choice, Asked whom, std::string lock)
        : choice_(std::move(choice)), whom_(std::move(whom)), lock_(std::move(lock)) {
        plan_.before_meeting = seconds(std::int64_t{choice_.before_min} * 60);
        if (auto const sheets = sheets_in(choice_.folder); !sheets.empty())
            plan_.written = sheets.front().written;
    }
    Result<void> write() {
        ReportQuestion question;
        question.whom = whom_;
        question.name = "sheet";
        if (!choice_.scope.empty()) question.options["scope"] = choice_.scope;
        auto const report = ask_report(question);
        if (!report) return report.error();
        auto const now = system_now();
        keep::Sheet sheet{now, paper::html_of(*report)};
        auto const sealed = keep::seal_sheet(sheet, lock_);
        sodium_memzero(sheet.html.data(), sheet.html.size());
        if (!sealed) return sealed.error();
        auto const path = write_sheet(choice_.folder, now, *sealed);
        if (!path) return path.error();
        plan_.meetings = meetings_of(*report);
        plan_.written = now;
        plan_.tried.reset();
        said_.clear();
        fmt::print("{} written, record {}\n", *path, report->head);
        std::fflush(stdout);
        return boost::system::in_place_value;
    }
    // Until somebody ends it.
    void run() {
        constexpr Duration look_at_least = seconds(20);  // clocks are put right meanwhile
        sigset_t ends;
        sigemptyset(&ends);
        sigaddset(&ends, SIGTERM);
        sigaddset(&ends, SIGINT);
        // Before any thread begins: a sheet that is being written is written first.
        pthread_sigmask(SIG_BLOCK, &ends, nullptr);
        for (;;) {
            auto const now = system_now();
            if (keep::is_due(plan_, now)) {
                if (auto const done = write(); !done) failed(done.error(), now);
            }
            auto const wait = keep::next_look(plan_, system_now()) - system_now();
            auto const most = std::clamp<std::int64_t>(wait.ms, 100, look_at_least.ms);
            timespec const time{most / 1000, most % 1000 * 1'000'000};
            if (sigtimedwait(&ends, nullptr, &time) > 0) return;
        }
    }

  private:
    // Each fault once, and again when the newest sheet has become old.
    void failed(Error const& error, Instant now) {
        plan_.tried = now;
        auto const old = plan_.written && keep::is_old(*plan_.written, now);
        auto const saying = error.words + (old ? " old" : "");
        if (saying == said_) return;
        said_ = saying;
        fmt::print(stderr, "washupctl paper: no sheet could be written: {}; {}\n", error.words,
                   plan_.written ? "the newest was " + keep::age_words(*plan_.written, now)
                                 : "there is none yet");
    }

    PaperChoice choice_;
    Asked whom_;
    std::string lock_;
    keep::Plan plan_;
    std::string said_;
};

int serve(PaperChoice const& choice, Options const& options) {
    if (choice.folder.empty()) return fail(invalid("say into which folder", "--to"));
    if (auto const daemon = link::daemon_address(options.daemon, options.keys); !daemon)
        return fail(daemon.error());
    auto const lock = read_lock(choice.folder);
    if (!lock) return fail(lock.error());
    auto whom = whom_to_ask(options);
    if (!whom) return fail(whom.error());
    Service service{choice, std::move(*whom), *lock};
    if (!choice.once) {
        service.run();
        return exit_ok;
    }
    auto const done = service.write();
    return done ? exit_ok : fail(done.error());
}

int init(PaperChoice const& choice, Options const& options) {
    if (choice.folder.empty()) return fail(invalid("say which folder", "--to"));
    auto passphrase = ask_pin(options, "Passphrase, four or five words: ");
    if (!passphrase) return fail(passphrase.error());
    if (options.pin_fd < 0) {
        auto again = ask_pin(options, "The same once more: ");
        if (!again) return fail(again.error());
        auto const same = *again == *passphrase;
        sodium_memzero(again->data(), again->size());
        if (!same) return fail(invalid("the two are not the same", "passphrase"));
    }
    auto const lock = keep::make_lock(*passphrase, keep::usual_effort());
    sodium_memzero(passphrase->data(), passphrase->size());
    if (!lock) return fail(lock.error());
    if (auto const done = write_lock(choice.folder, *lock, choice.again); !done)
        return fail(done.error());
    fmt::print(
        "{}: sheets in it open with this passphrase alone. Write it on a card, and keep the card "
        "where the ward finds it at night. Nobody can give it back.\n",
        choice.folder);
    return exit_ok;
}

int list(PaperChoice const& choice, Options const&) {
    if (choice.folder.empty()) return fail(invalid("say which folder", "--to"));
    auto const sheets = sheets_in(choice.folder);
    auto const now = system_now();
    for (auto const& sheet : sheets)
        fmt::print("{}  {}\n", sheet.path, keep::age_words(sheet.written, now));
    if (sheets.empty()) fmt::print("no sheet in {}\n", choice.folder);
    return sheets.empty() || keep::is_old(sheets.front().written, now) ? exit_refused : exit_ok;
}

int open(PaperChoice const& choice, Options const& options) {
    auto const file = read_sheet(choice.file);
    if (!file) return fail(file.error());
    auto passphrase = ask_pin(options, "Passphrase: ");
    if (!passphrase) return fail(passphrase.error());
    auto const sheet = keep::open_sheet(*file, *passphrase);
    sodium_memzero(passphrase->data(), passphrase->size());
    if (!sheet) return fail(sheet.error());
    // Whoever holds the sheet in the hand must know.
    fmt::print(stderr, "washupctl paper: {}\n", keep::age_words(sheet->written, system_now()));
    if (choice.out.empty()) {
        auto const whole = std::fwrite(sheet->html.data(), 1, sheet->html.size(), stdout);
        return whole == sheet->html.size() && std::fflush(stdout) == 0 ? exit_ok : exit_temporary;
    }
    if (auto const done = write_whole(choice.out, sheet->html, 0600); !done)
        return fail(done.error());
    fmt::print("{}\n", choice.out);
    return exit_ok;
}

}  // namespace

CLI::App* add_paper(CLI::App& app, Run& run) {
    auto* const paper = app.add_subcommand(
        "paper", "keep the wash-up sheet, locked, for when daemon or network are gone");
    auto const choice = std::make_shared<PaperChoice>();
    paper->require_subcommand(0, 1);
    paper->add_option("--to", choice->folder, "the folder; `paper init` makes it");
    paper->add_option("--scope", choice->scope, "whose sheet: site:, team: or ward: and a code");
    paper
        ->add_option("--before", choice->before_min,
                     "minutes before each wash-up at which a sheet is written")
        ->check(CLI::Range(0, static_cast<int>(keep::before_meeting_max.ms / 60'000)))
        ->capture_default_str();
    paper->add_flag("--once", choice->once, "write one sheet now, and end");
    paper->footer(
        "Without a further word it runs until it is stopped: a sheet each hour and before each "
        "wash-up, the last two kept. The key of this machine has the role `paper`. A passphrase "
        "is asked for on the terminal, or comes from --pin-fd.");
    auto const add = [&](char const* name, char const* words, auto what) {
        auto* const sub = paper->add_subcommand(name, words);
        sub->callback([&run, choice, what] {
            run = [choice, what](Options const& options) { return what(*choice, options); };
        });
        return sub;
    };
    add("init", "choose the passphrase of a folder", init)
        ->add_flag("--again", choice->again, "give it another; older sheets keep theirs");
    add("list", "the sheets and how old they are; 1 when the newest is old", list);
    auto* const opens = add("open", "open a sheet; needs no daemon and no network", open);
    opens->add_option("FILE", choice->file, "the sheet, or a folder: its newest")->required();
    opens->add_option("--out", choice->out, "a .html file; standard output otherwise");
    paper->callback([&run, choice, paper] {
        if (!paper->get_subcommands().empty()) return;
        run = [choice](Options const& options) { return serve(*choice, options); };
    });
    return paper;
}

}  // namespace washup::board::ctl
