#pragma once
// The whole house in one thread: the real engine, reader, publishers, source sessions, HL7 mapper,
// replicas and models over a simulated network, disk and clocks. Everything follows from one seed.
// First faults, while every promise is watched; then everything is healed and must come together
// within converge_within. The checkers (checkers/) look on.

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "tests/sim/board.hpp"
#include "tests/sim/daemon.hpp"
#include "tests/sim/front_desk.hpp"
#include "tests/sim/source.hpp"
#include "tests/support/daemon/csv_story.hpp"
#include "tests/support/daemon/hl7_story.hpp"
#include "tests/support/daemon/story.hpp"

namespace washup::sim {

// Real seconds after the last fault: a clock is trusted after 60 s, a snapshot is asked for at most
// every 16 s, a start is tried again within 13 s.
inline constexpr Duration converge_within = seconds(120);

struct HouseOptions {
    std::uint64_t seed = 1;
    Duration faults_for = seconds(120);  // simulated, before everything is healed
    int hours = 0;  // of the ward at rate 600, calm: a hospital's year instead of a storm
    bool sqlite = false;
    bool recount_always = false;  // all rows at every look, to find the record that broke them
    bool progress = false;        // to stderr each simulated week: what it cost so far
    Plant plant = Plant::none;
    Log::To log = Log::To::nowhere;
};

class House {
  public:
    explicit House(HouseOptions options);
    ~House();
    // False when a checker objected.
    bool run();
    Objections const& objections() const { return checkers_.objections; }
    std::string log() const { return log_.text(); }
    // "seed=1 held records=..." without anything of the machine.
    std::string summary() const;
    std::uint64_t events() const;

  private:
    void make_parties();
    void make_desk();
    void second(bool faults);
    void strike();  // this second's faults
    void wards(Source& source);
    void commands();
    void settle_inbox();
    void give(v1::Command const& command);
    void ask(std::string const& id, Bytes const& frame);
    void part(std::vector<int> ways, bool both);
    void heal();
    bool together() const;
    void look_on();
    void say_progress();
    void say(engine::Port port, std::string const& to, Bytes frame);
    void show(reader::Outgoing out);
    void on_answer(Bytes const& frame);
    std::vector<int> ways_of(Source const& source) const { return {source.way_in, source.way_out}; }
    std::vector<int> ways_of(Board const& board) const {
        return {board.feed_way, board.ask_way, board.answer_way};
    }
    void hub(Source& source, std::uint64_t events);
    Instant ward_time() const;

    HouseOptions options_;
    Prng chance_;
    Log log_;
    Weather weather_;
    Clocks clocks_;
    Network network_;
    journal::Sealer sealer_;
    Checkers checkers_;
    World world_;
    Profiles profiles_;
    tests::Story story_;
    tests::CsvStory csv_story_;
    tests::Hl7Story hl7_story_;
    bool hl7_ = false, csv_ = false;
    std::unique_ptr<Daemon> daemon_;
    std::unique_ptr<FrontDesk> desk_;
    std::vector<std::unique_ptr<Source>> sources_;
    std::vector<std::unique_ptr<Board>> boards_;
    int command_way_ = 0, answer_way_ = 0;

    std::uint64_t next_command_ = 1, settled_ = 0;
    std::map<std::string, Bytes> unanswered_;  // by id
    Instant next_recount_, next_rebuild_, next_progress_;
    std::uint64_t planted_ = 0;
    std::int64_t healed_in_ms_ = -1;
};

}  // namespace washup::sim
