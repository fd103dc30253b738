// What WebStorage does when a copy may be gone: Chromium throws away all that a site keeps, while the page is open, when
// the disk has no room, and writing into what was deleted goes on without an error. So it is looked what the next page
// would find before anything more is called saved. What failed is tried again by itself, in longer and longer intervals.
#include <algorithm>
#include <optional>

#include "web/page_calls.h"
#include "web/storage.h"

namespace outpost {
namespace {

// Milliseconds.
constexpr int look_after_doubt = 300;
constexpr int look_again = 2000;
constexpr int retry_min = 1000, retry_max = 10'000;

}  // namespace

// A database that is written on a full disk is what makes Chromium throw everything away: it waits until the files,
// whose refusal does no harm, have room.
bool WebStorage::is_held(const Copy& copy) const { return copy.bit == copy_database && files_.open && files_.no_room; }

// Keeps what it is given, as far as is known; or waits for a snapshot that will make it whole.
bool WebStorage::is_sound(const Copy& copy) const {
    return copy.open && !copy.failed && !is_held(copy) && (copy.refusals == 0 || !copy.complete);
}

bool WebStorage::is_busy() const {
    return files_.in_flight != 0 || database_.in_flight != 0 || answer_ticket_ != 0 || fill_ticket_ != 0 || reseed_ticket_ != 0 || rotating_;
}

void WebStorage::fail_copy(Copy& copy, std::string_view error) {
    copy.failed = true;
    copy.no_room = error.find("Quota") != std::string_view::npos;
    // A connection that was dropped is opened anew and tried at once.
    if (++copy.refusals == 1 && !copy.no_room) retrying_ = true;
    last_error_ = error;
    doubt();
}

void WebStorage::doubt() {
    if (closed_ || !was_opened_) return;
    in_doubt_ = looks_twice_ = true;
    outpost_js_store_look_later(look_after_doubt);
}

void WebStorage::look() {
    if (closed_ || !was_opened_ || looking_) return;
    flush();
    look_is_due_ = is_busy();
    if (look_is_due_) return;
    looking_ = true;
    snapshot_copies_ = 0;  // one that was begun is refused at its commit
    const auto newest = [](const Copy& copy) { return copy.open ? static_cast<double>(copy.newest) : -1; };
    outpost_js_store_look(newest(files_), newest(database_));
}

void WebStorage::looked() {
    looking_ = in_doubt_ = false;
    if (std::exchange(retrying_, false)) files_.failed = database_.failed = files_.no_room = database_.no_room = false;
    if (!files_.failed && !database_.failed && pending_.empty()) last_error_.clear();
    update_state();
    send_all();
    tell_progress();
    look_again_later();
}

void WebStorage::look_again_later() {
    if (closed_) return;
    const auto is_missing = [](const Copy& copy) { return copy.failed || (copy.was_open && !copy.open); };
    if (is_missing(files_) || is_missing(database_) || state_ != StorageState::Working) {
        retrying_ = true;
        const int refusals = std::max(files_.refusals, database_.refusals);
        outpost_js_store_look_later(std::min(retry_min << std::min(refusals, 4), retry_max));
    } else if (std::exchange(looks_twice_, false)) {
        outpost_js_store_look_later(look_again);
    }
}

// The copies were opened anew and hold everything up to durable_: what is on its way follows. When there are entries
// that no copy has and that are not kept here any more, only a snapshot makes them whole; it is the database's to write,
// when it sees that durable_sequence() fell.
void WebStorage::reopened() {
    appended_ = std::max(appended_, durable_);
    retrying_ = false;
    last_error_.clear();
    fill_bit_ = reseed_bit_ = 0;
    files_.catching_up = database_.catching_up = false;
    std::erase_if(pending_, [&](const Batch& batch) { return batch.last <= durable_; });
    const Sequence first = pending_.empty() ? 0 : pending_.front().first();
    if ((first != 0 ? first : appended_ + 1) > durable_ + 1) files_.complete = database_.complete = false;
}

void WebStorage::retry() {
    if (closed_ || !was_opened_) return;
    retrying_ = in_doubt_ = true;
    look();
}

}  // namespace outpost
