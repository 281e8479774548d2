#include "adapters/hl7v2/mllp_connection.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>

#include "proto/base/digest.hpp"
#include "proto/base/log.hpp"

namespace washup::hl7v2 {
namespace {

using boost::asio::ip::tcp;
using Error = boost::system::error_code;

// Firewalls forget idle connections; half-open ones must not live for ever (trap 9).
void keep_alive(tcp::socket& socket) {
    Error ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    socket.set_option(boost::asio::socket_base::keep_alive{true}, ignored);
    int const idle_s = 60, between_s = 15, tries = 4;
    auto const fd = socket.native_handle();
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle_s, sizeof idle_s);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &between_s, sizeof between_s);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &tries, sizeof tries);
}

// The same message gets the same ack, its control id included.
std::string ack_id(std::string_view raw) {
    return to_hex(as_bytes(blake2b_128(raw))).substr(0, 20);
}

}  // namespace

MllpConnection::MllpConnection(MllpServer& server, tcp::socket socket, std::uint64_t number)
    : server_(&server),
      socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      number_(number),
      last_heard_(steady_now()),
      linger_for_(server.times_.linger) {}

void MllpConnection::start() {
    keep_alive(socket_);
    log_info("connection_opened", "connection", number_);
    tick();
    go_on();
}

bool MllpConnection::may_take() const {
    if (ending_ || closed_) return false;
    auto const limit = server_->intake_.has_room() ? connection_pending_max : 1;
    return owed_.size() < limit && unsent_.size() < connection_unsent_bytes_max;
}

void MllpConnection::go_on() {
    take_frames();
    if (heard_end_ && frames_.empty()) end_after_answers();
    if (!reading_ && !heard_end_ && frames_.empty() && may_take()) read();
}

void MllpConnection::read() {
    reading_ = true;
    socket_.async_read_some(boost::asio::buffer(buffer_),
                            [self = shared_from_this()](Error error, std::size_t count) {
                                self->reading_ = false;
                                if (self->closed_) return;
                                if (error == boost::asio::error::eof) self->heard_end_ = true;
                                if (error && !self->heard_end_) return self->close();
                                if (self->lingering_) {
                                    if (self->heard_end_) return self->close();
                                    return self->read();  // and forget it
                                }
                                self->heard({self->buffer_.data(), count});
                            });
}

void MllpConnection::heard(std::string_view bytes) {
    last_heard_ = steady_now();
    std::vector<FrameEvent> events;
    framer_.feed(bytes, events);
    for (auto& event : events) frames_.push_back(std::move(event));
    go_on();
}

void MllpConnection::take_frames() {
    while (!frames_.empty() && may_take()) {
        auto event = std::move(frames_.front());
        frames_.pop_front();
        take_frame(std::move(event));
    }
    flush();
}

void MllpConnection::take_frame(FrameEvent event) {
    if (event.kind == FrameEvent::Kind::too_large) return too_large(event.bytes);
    auto const split = split_messages(event.bytes);
    for (auto const message : split.messages) take_message(message);
    if (!split.messages.empty() && split.rest.empty()) return;
    // Something that is no message at all: nobody can be answered, so the sender is shown the door.
    ++server_->counts_.unreadable;
    log_warn("not_hl7", "connection", number_, "bytes", event.bytes.size());
    if (split.messages.empty()) end_after_answers();
}

void MllpConnection::take_message(std::string_view raw) {
    auto header = read_header(raw);
    if (!header) return;  // split_messages gives only what has one
    has_sent_ = true;
    Owed owed;
    owed.header = *header;
    owed.force_original = server_->intake_.profile_for(*header).force_original_ack;
    owed.own_id = ack_id(raw);
    owed.taken = steady_now();
    owed.silent = !may_acknowledge(*header);
    auto const an_ack = header->value(9) == "ACK";
    auto const place = first_owed_ + owed_.size();
    if (an_ack) {
        log_warn("ack_ignored", "connection", number_);
        return;
    }
    auto const silent = owed.silent;
    owed_.push_back(std::move(owed));
    server_->intake_.take(
        std::string{raw}, *header, [weak = weak_from_this(), place](Taken const& taken) {
            auto const self = weak.lock();
            if (!self || self->closed_) return;
            AckContent content;
            if (!taken.durable) {
                content = {
                    AckContent::Verdict::trouble, "not stored, please send again", "207", {}};
            }
            self->answer(place, content);
            self->flush();
        });
    if (!silent) return;
    // Kept like any other, so that nothing is lost, but it cannot be acknowledged.
    ++server_->counts_.unreadable;
    log_warn("control_id_unreadable", "connection", number_, "bytes", raw.size());
    end_after_answers();
}

void MllpConnection::too_large(std::string_view head) {
    ++server_->counts_.rejected;
    log_warn("frame_too_large", "connection", number_, "frame_bytes_max", frame_bytes_max);
    auto header = read_header(head);
    // Without the end of its header line the control id may be cut.
    auto const whole_line = head.find_first_of("\r\n") != std::string_view::npos;
    if (header && whole_line && may_acknowledge(*header)) {
        Owed owed;
        owed.header = *header;
        owed.force_original = server_->intake_.profile_for(*header).force_original_ack;
        owed.own_id = ack_id(head);
        owed.content = AckContent{
            AckContent::Verdict::rejected, "larger than 16 MiB: never accepted", "102", {}};
        owed_.push_back(std::move(owed));
    }
    end_after_answers();
}

void MllpConnection::answer(std::uint64_t place, AckContent content) {
    if (place < first_owed_) return;  // answered AE before; the resend will get AA
    auto& owed = owed_[static_cast<std::size_t>(place - first_owed_)];
    if (!owed.content) owed.content = std::move(content);
}

void MllpConnection::flush() {
    while (!owed_.empty() && owed_.front().content) {
        auto const& owed = owed_.front();
        if (!owed.silent) {
            auto const& content = *owed.content;
            auto& counts = server_->counts_;
            ++(content.verdict == AckContent::Verdict::taken ? counts.acks : counts.errors);
            unsent_ += framed(
                make_ack(owed.header, content, owed.force_original, owed.own_id, system_now()));
        }
        owed_.pop_front();
        ++first_owed_;
    }
    write();
}

void MllpConnection::write() {
    if (closed_ || !sending_.empty()) return;
    if (unsent_.empty()) return finish_writing();
    sending_.swap(unsent_);
    boost::asio::async_write(socket_, boost::asio::buffer(sending_),
                             [self = shared_from_this()](Error error, std::size_t) {
                                 self->sending_.clear();
                                 if (self->closed_) return;
                                 if (error) return self->close();
                                 self->write();
                                 self->go_on();
                             });
}

void MllpConnection::finish_writing() {
    if (ending_ && owed_.empty() && !lingering_) linger();
}

void MllpConnection::end_after_answers() {
    ending_ = true;
    frames_.clear();
    write();
}

void MllpConnection::drain() {
    linger_for_ = std::min(linger_for_, seconds(1));
    // Frames not yet taken stay unacknowledged: their sender sends them again.
    end_after_answers();
}

// Our side ends first and the rest is read away for a moment: closing with unread bytes would
// throw away the ack that is still on its way.
void MllpConnection::linger() {
    lingering_ = true;
    lingering_since_ = steady_now();
    if (heard_end_) return close();
    Error ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    if (!reading_) read();
}

void MllpConnection::close() {
    if (closed_) return;
    closed_ = true;
    Error ignored;
    socket_.close(ignored);
    timer_.cancel();
    auto const& counts = framer_.counts();
    log_info("connection_closed", "connection", number_, "frames", counts.frames, "empty",
             counts.empty_frames, "junk_bytes", counts.junk_bytes, "cut_off",
             counts.cut_off + (framer_.in_frame() ? 1 : 0));
    if (server_) server_->closed(shared_from_this());
}

void MllpConnection::abandon() {
    closed_ = true;
    Error ignored;
    socket_.close(ignored);
    timer_.cancel();
}

void MllpConnection::tick() {
    timer_.expires_after(std::chrono::milliseconds(500));
    timer_.async_wait([weak = weak_from_this()](Error error) {
        auto const self = weak.lock();
        if (!self || error || self->closed_) return;
        self->on_tick();
        if (!self->closed_) self->tick();
    });
}

void MllpConnection::on_tick() {
    auto const now = steady_now();
    auto const& times = server_->times_;
    if (lingering_ && now - lingering_since_ >= linger_for_) return close();
    for (auto& owed : owed_) {
        if (owed.content || now - owed.taken < times.answer_within) continue;
        owed.content = AckContent{
            AckContent::Verdict::trouble, "not durable yet, please send again", "207", {}};
    }
    flush();
    if (closed_) return;
    // Silent waiting is the worst answer: a frame without its end looks like no traffic (trap 5).
    if (framer_.in_frame() && reading_ && now - last_heard_ >= times.unfinished_within) {
        log_warn("frame_unfinished", "connection", number_, "bytes_waiting",
                 framer_.bytes_waiting());
        return close();
    }
    go_on();
}

}  // namespace washup::hl7v2
