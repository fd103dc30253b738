// The snapshot's part of WebStorage: written to every copy that it makes whole, or to one that lags behind from what the
// other holds; and erasing.
#include <algorithm>
#include <utility>

#include "core/base/store_start.h"
#include "web/browser.h"
#include "web/page_calls.h"
#include "web/storage.h"

namespace outpost {
namespace {

constexpr std::size_t piece_size = 1u << 20;

}  // namespace

void WebStorage::begin_snapshot(Sequence sequence, EarlierEntries earlier) {
    snapshot_copies_ = 0;
    if (closed_ || in_doubt_ || looking_ || is_being_replaced()) return;
    flush();
    snapshot_sequence_ = sequence;
    earlier_ = earlier;
    for (Copy* copy : {&files_, &database_}) {
        // A copy with a gap is made whole by a snapshot, if that covers all it lacks.
        if (!copy->open || (!copy->complete && appended_ > sequence)) continue;
        snapshot_copies_ |= copy->bit;
        if (!copy->complete) copy->catching_up = true;
    }
    reseed_bit_ = 0;
    outpost_js_store_snapshot_begin(snapshot_copies_);
}

void WebStorage::write_snapshot(ByteView bytes) {
    if (snapshot_copies_) outpost_js_store_snapshot_write(bytes.data(), static_cast<double>(bytes.size()), snapshot_copies_);
}

void WebStorage::commit_snapshot(std::function<void(Status)> done) {
    const int copies = std::exchange(snapshot_copies_, 0);
    // Without a begin of its own (another snapshot was begun and committed meanwhile) there is nothing to commit.
    if (copies == 0 || answer_ticket_ != 0)
        return done(refusal());
    answer_done_ = std::move(done);
    answer_ticket_ = next_ticket_++;
    answers_awaited_ = ((copies & copy_files) != 0) + ((copies & copy_database) != 0);
    answers_good_ = 0;
    erasing_ = false;
    outpost_js_store_snapshot_commit(answer_ticket_, static_cast<double>(snapshot_sequence_),
                                     earlier_ == EarlierEntries::AreDropped, copies);
}

void WebStorage::snapshot_written(Copy& copy, Sequence sequence, std::string_view error) {
    const bool good = error.empty();
    if (good && erasing_) {
        copy.complete = true;
        copy.failed = copy.catching_up = false;
        copy.newest = 0;
    } else if (good) {
        const bool anew = copy.catching_up && !copy.complete;
        // What the snapshot has overtaken still follows: it is history.
        if (anew || !lacks_entries(copy)) copy.newest = anew ? sequence : std::max(copy.newest, sequence);
        copy.complete = true;
        copy.failed = copy.catching_up = false;
        if (copy.bit == copy_files) is_apart_ = false;
        copy.refusals = 0;
        durable_ = std::max(durable_, sequence);
    } else if (copy.complete || erasing_) {
        last_error_ = error;
        if (!erasing_) doubt();
    } else {
        copy.catching_up = false;
        fail_copy(copy, error);
    }
}

std::unexpected<Error> WebStorage::refusal() const {
    if (closed_ && !erasing_) return fail(ErrorCode::StorageFailure, "error.storage.reload");
    const bool full = last_error_.find("Quota") != std::string::npos;
    return full ? fail(ErrorCode::StorageLimitExceeded, "error.storage.full") : fail(ErrorCode::StorageFailure, "error.storage.failed");
}

void WebStorage::answered(int bit, bool good) {
    if (good) answers_good_ |= bit;
    if (--answers_awaited_ > 0) return;
    const bool replacing = is_being_replaced();
    answer_ticket_ = 0;
    const bool is_done = answers_good_ != 0;
    // A backup was restored over what this page shows: an edit of the old records would corrupt the new ones.
    if (is_done && erasing_) outpost_js_forget_settings();  // what was typed into a form among them
    if (is_done && replacing) close();
    else flush();
    if (erasing_ && answers_good_ != (copy_files | copy_database)) detail_ = "other_copy";
    auto done = std::exchange(answer_done_, nullptr);
    Status outcome = is_done ? Status() : refusal();
    erasing_ = false;
    if (done) done(std::move(outcome));
}

// Writes a lagging copy anew from what the other one held when it was opened; what came since follows from pending_.
void WebStorage::reseed(Copy& copy) {
    outpost_js_store_snapshot_begin(copy.bit);
    if (reseed_snapshot_) {
        Bytes piece;
        for (std::uint64_t at = 0; at < reseed_snapshot_->size(); at += piece.size()) {
            piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(piece_size, reseed_snapshot_->size() - at)));
            if (!reseed_snapshot_->read(at, piece)) return;
            outpost_js_store_snapshot_write(piece.data(), static_cast<double>(piece.size()), copy.bit);
        }
    }
    pending_.push_front({.frames = std::move(reseed_frames_), .last = reseed_newest_});
    reseed_frames_ = {};
    reseed_snapshot_.reset();
    reseed_ticket_ = next_ticket_++;
    outpost_js_store_snapshot_commit(reseed_ticket_, static_cast<double>(reseed_sequence_), 0, copy.bit);
}

// A new store begins in every copy that is open: by its numbers the next start knows that nothing counts of what one that
// is out of reach, or refuses, holds from before.
void WebStorage::erase_all(std::function<void(Status)> done) {
    const Sequence start = store_start(std::max({files_.newest, database_.newest, appended_})) + store_step;
    close();
    durable_ = appended_ = 0;
    last_error_.clear();
    answer_done_ = std::move(done);
    answer_ticket_ = next_ticket_++;
    erasing_ = true;
    const int copies = (files_.open ? copy_files : 0) | (database_.open ? copy_database : 0);
    answers_awaited_ = files_.open + database_.open;
    answers_good_ = 0;
    files_.newest = database_.newest = 0;
    files_.in_flight = database_.in_flight = 0;
    outpost_js_store_erase(answer_ticket_, static_cast<double>(start), copies);
}

}  // namespace outpost
