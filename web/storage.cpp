#include "web/storage.h"

#include <algorithm>
#include <utility>

#include "core/base/store_start.h"
#include "web/browser.h"
#include "web/page_calls.h"

namespace outpost {
namespace {

// Entries kept in memory for a copy that refuses writes while the other takes them.
constexpr std::size_t kept_bytes_max = 32u << 20;
constexpr int settle_milliseconds = 1500;
constexpr int follow_pause = 100, follow_most = 1000;

std::shared_ptr<BufferSource> take_buffer(int handle) { return handle ? std::make_shared<BufferSource>(handle) : nullptr; }

}  // namespace

// --- opening ---------------------------------------------------------------------------------------------------

void WebStorage::load(LoadScope scope, std::function<void(Result<std::vector<StoredCopy>>)> done) {
    scope_ = scope;
    loaded_ = std::move(done);
    pending_.clear();
    fill_bit_ = reseed_bit_ = 0;
    was_opened_ = false;
    outpost_js_store_open();
}

void WebStorage::opened(Opened opened) {
    looking_ = in_doubt_ = database_was_read_ = false;
    opened_ = std::move(opened);
    files_.open = opened_.files;
    database_.open = opened_.database != 0;
    for (Copy* copy : {&files_, &database_}) {
        copy->failed = copy->no_room = false;
        copy->was_open = copy->was_open || copy->open;
        if (copy->was_open && !copy->open) ++copy->refusals;
    }
    if (!files_.open && !database_.open) {
        last_error_ = opened_.full ? "QuotaExceededError" : "IndexedDB, OPFS";
        return refuse_load("error.storage.unavailable");
    }
    files_journal_ = take_buffer(opened_.files_journal);
    files_frames_ = files_journal_ ? find_frames(*files_journal_) : FrameList();
    if (files_frames_.torn_tail) outpost_js_store_truncate(static_cast<double>(files_frames_.end));
    files_.newest = std::max(files_frames_.newest, opened_.files_sequence);
    database_.newest = opened_.database_newest;
    leave_other_store();
    if (opened_.database_alone) alone_since_ = opened_.database_alone;

    const bool files_best = files_.open && files_.newest >= database_.newest && files_frames_.damaged.empty();
    if (scope_ == LoadScope::AllCopies || !files_best || alone_since_) {
        if (database_.open) return outpost_js_store_read_database();
    }
    finish_load();
}

// A copy that was out of reach when everything was erased is of an older store: it is emptied, opened anew when the page
// has settled, and written from the other one. One of a newer store than this page shows is left to the next start.
void WebStorage::leave_other_store() {
    const Sequence start = store_start(was_opened_ ? appended_ : std::max(files_.newest, database_.newest));
    for (Copy* copy : {&files_, &database_}) {
        const Sequence own = store_start(copy->newest);
        if (!copy->open || copy->newest == 0 || own == start) continue;
        copy->open = false;
        copy->was_open = true;
        ++copy->refusals;
        copy->newest = 0;
        if (own < start) outpost_js_store_erase(next_ticket_++, 0, copy->bit);
        if (copy->bit == copy_database) {
            opened_.database_alone.reset();
            continue;
        }
        if (const int snapshot = std::exchange(opened_.files_snapshot, 0)) outpost_js_buffer_free(snapshot);
        files_journal_.reset();
        files_frames_ = {};
    }
}

void WebStorage::refuse_load(const char* message) {
    durable_ = 0;
    update_state();
    if (loaded_) std::exchange(loaded_, nullptr)(fail(ErrorCode::StorageFailure, message, {}));
    tell_progress();
    look_again_later();
}

// Without a log it could not be read. The files go on alone, as if it had not opened, but not where it is known to hold more
// or something else.
void WebStorage::database_read(int snapshot, int log) {
    if (!log) {
        database_.open = false;
        if (!files_.open || (!was_opened_ && (alone_since_ || database_.newest > files_.newest))) {
            if (opened_.files_snapshot) outpost_js_buffer_free(opened_.files_snapshot);
            last_error_ = "IndexedDB";
            return refuse_load("error.storage.unreadable");
        }
        database_.newest = 0;
        return finish_load();
    }
    database_snapshot_ = snapshot;
    database_log_ = log;
    database_was_read_ = true;
    finish_load();
}

StoredCopy WebStorage::take_copy(const char* name, int snapshot, const JournalSource& journal, const FrameList& list) {
    StoredCopy copy;
    copy.name = name;
    if (snapshot) copy.snapshot = std::make_unique<BufferSource>(snapshot);
    if (!journal) return copy;
    read_entries(journal, list, copy);
    for (const auto& [offset, length] : list.damaged) copy.damaged.push_back(read_part(*journal, offset, length));
    return copy;
}

// Brings the copy that knows less up to what the other holds: at once when only the last entries are missing, else by
// writing it anew after the first frame. What is left of a snapshot is not made whole by entries.
void WebStorage::catch_up(Copy& copy, const Copy& source, const JournalSource& journal, const FrameList& list,
                          int snapshot, Sequence snapshot_sequence) {
    if (!copy.open || copy.newest >= source.newest) return;
    const auto missing = std::find_if(list.frames.begin(), list.frames.end(),
                                      [&](const FrameList::Frame& frame) { return frame.sequence > copy.newest; });
    const bool is_cut = copy.bit == copy_files && opened_.files_cut;
    if (!is_cut && copy.newest >= snapshot_sequence && missing != list.frames.end()) {
        pending_.push_front({.frames = {}, .last = source.newest, .source = journal, .begin = missing->offset, .end = list.end, .is_catching_up = true});
        return;
    }
    copy.complete = false;
    copy.catching_up = true;
    fill_bit_ = copy.bit;
    fill_first_ = copy.newest + 1;
    fill_last_ = snapshot_sequence;
    reseed_bit_ = copy.bit;
    if (snapshot) reseed_snapshot_ = std::make_shared<BufferSource>(outpost_js_buffer_share(snapshot));
    reseed_frames_ = missing != list.frames.end() ? read_part(*journal, missing->offset, list.end - missing->offset) : Bytes();
    reseed_sequence_ = snapshot_sequence;
    reseed_newest_ = source.newest;
}

void WebStorage::finish_load() {
    std::vector<StoredCopy> copies;
    const JournalSource log = take_buffer(std::exchange(database_log_, 0));
    const FrameList log_frames = log ? find_frames(*log) : FrameList();
    StoredCopy apart;
    set_apart(log, log_frames, apart);
    const bool database_best = database_was_read_ && (is_apart_ || !files_.open || database_.newest > files_.newest);
    files_.complete = files_.open;
    database_.complete = database_.open;
    hold_files();

    const bool files_taken = files_.open && !is_apart_ && (!database_best || scope_ == LoadScope::AllCopies || !files_frames_.damaged.empty());
    if (files_taken) copies.push_back(take_copy("opfs", opened_.files_snapshot, files_journal_, files_frames_));
    if (database_was_read_) {
        copies.push_back(take_copy("indexeddb", database_snapshot_, log, log_frames));
        if (database_best) std::swap(copies.front(), copies.back());
        if (is_apart_) copies.push_back(std::move(apart));
    }
    if (opened_.database == 2) {  // thrown away by the browser: said even when the other copy has it all
        if (!database_was_read_) {
            copies.emplace_back();
            copies.back().name = "indexeddb";
        }
        for (StoredCopy& copy : copies) copy.was_lost = copy.was_lost || copy.name == "indexeddb";
    }
    durable_ = std::max(files_.newest, database_.newest);
    const bool again = std::exchange(was_opened_, true);
    if (again) reopened();
    else appended_ = durable_;
    if (!is_apart_ && (files_.complete || database_.complete)) {
        catch_up(database_, files_, files_journal_, files_frames_, opened_.files_snapshot, opened_.files_sequence);
        catch_up(files_, database_, log, log_frames, database_snapshot_, opened_.database_sequence);
    }
    if (!files_taken && opened_.files_snapshot) outpost_js_buffer_free(opened_.files_snapshot);
    files_journal_.reset();
    files_frames_ = {};
    update_state();
    if (loaded_) std::exchange(loaded_, nullptr)(std::move(copies));
    if (settled_) settled();
    else if (first_frame_) after_first_frame();
    if (!again) return;
    tell_progress();
    look_again_later();
}

// --- entries ----------------------------------------------------------------------------------------------------

void WebStorage::append(Sequence sequence, std::span<const ByteView> parts) {
    if (closed_) return;
    std::uint64_t size = 0;
    for (const ByteView part : parts) size += part.size();
    if (size > large_bytes && !is_being_replaced()) {
        queue_large(sequence, size, parts);
    } else {
        append_frame(queued_, sequence, parts);
        queued_last_ = sequence;
    }
    appended_ = std::max(appended_, sequence);
}

// An import's entry is as large as all that it brings: it is put together outside of our memory, which never gives back
// what it once took.
void WebStorage::queue_large(Sequence sequence, std::uint64_t size, std::span<const ByteView> parts) {
    close_batch();
    Bytes header;
    append_frame_header(header, sequence, size);
    const std::uint64_t end = header.size() + size;
    auto buffer = std::make_shared<BufferSource>(outpost_js_buffer_make(static_cast<double>(end)));
    double at = 0;
    const auto put = [&](ByteView part) {
        outpost_js_buffer_write(buffer->handle(), at, part.data(), static_cast<double>(part.size()));
        at += static_cast<double>(part.size());
    };
    put(header);
    for (const ByteView part : parts) put(part);
    pending_.push_back({.frames = {}, .last = sequence, .source = std::move(buffer), .begin = 0, .end = end});
    has_queued_large_ = true;
}

void WebStorage::close_batch() {
    if (!queued_.empty()) pending_.push_back({.frames = std::exchange(queued_, {}), .last = queued_last_});
}

Sequence WebStorage::Batch::first() const {
    Bytes header = frames;
    if (source) header = read_part(*source, begin, frame_header_size);
    const auto frame = read_frame_header(header);
    return frame ? frame->sequence : 0;
}

void WebStorage::flush() {
    if ((queued_.empty() && !has_queued_large_) || is_being_replaced()) return;
    close_batch();
    has_queued_large_ = false;
    send_all();
}

void WebStorage::send_all() {
    send(files_);
    // The second copy follows the first in the next pause, with all that has come by then, so that the first one's
    // writes, which the person waits for, have the disk to themselves.
    if (!files_.takes_entries() || hurried_) return send(database_);
    if (!lacks_entries(database_) || database_.in_flight != 0) return;
    // What an import brings is held in memory until both copies have it.
    const bool large = std::ranges::any_of(pending_, [](const Batch& batch) { return batch.bytes_held() > large_bytes; });
    outpost_js_store_follow_later(large ? 0 : follow_pause, follow_most);
}

void WebStorage::follow() {
    if (files_.takes_entries() && files_.in_flight != 0) send_all();  // later, then
    else send(database_);
}

bool WebStorage::lacks_entries(const Copy& copy) const { return copy.takes_entries() && !pending_.empty() && pending_.back().last > copy.newest; }

void WebStorage::send(Copy& copy) {
    if (!copy.takes_entries() || copy.in_flight != 0 || in_doubt_ || looking_ || is_held(copy)) return;
    const auto first = std::find_if(pending_.begin(), pending_.end(),
                                    [&](const Batch& batch) { return batch.last > copy.newest; });
    if (first == pending_.end()) return;
    // What the copy lacked at the start can wait a little longer, but not with an edit behind it.
    if (first->is_catching_up && std::next(first) == pending_.end() && !settled_ && !hurried_) return;
    if (copy.bit == copy_database && !rotated_ && !hurried_) return rotate();
    if (copy.bit == copy_database) mark_alone();
    copy.in_flight = next_ticket_++;
    // What is in our memory goes together, up to what is not.
    const auto end = first->source ? std::next(first) : std::find_if(first, pending_.end(), [](const Batch& batch) { return batch.source != nullptr; });
    copy.in_flight_last = std::prev(end)->last;
    // Where the other copy is not in order, its loss may be ours too: the file is looked up by its name before it answers.
    const int sure = is_sound(files_) && is_sound(database_) ? 0 : 4;
    const auto write = [&](const Bytes& frames) {
        outpost_js_store_append(copy.in_flight, frames.data(), static_cast<double>(frames.size()),
                                static_cast<double>(copy.in_flight_last), copy.bit | sure);
    };
    if (first->source)
        return outpost_js_store_append_part(copy.in_flight, first->source->handle(), static_cast<double>(first->begin), static_cast<double>(first->end),
                                            static_cast<double>(copy.in_flight_last), copy.bit | sure | (first->is_catching_up ? 0 : 8));
    if (std::next(first) == end) return write(first->frames);
    Bytes all;
    for (auto batch = first; batch != end; ++batch)
        all.insert(all.end(), batch->frames.begin(), batch->frames.end());
    write(all);
}

void WebStorage::rotate() {
    if (!std::exchange(rotating_, true)) outpost_js_store_rotate();
}

void WebStorage::drop_written() {
    std::uint64_t kept = 0;
    for (const Batch& batch : pending_) kept += batch.bytes_held();
    while (!pending_.empty()) {
        const Sequence last = pending_.front().last;
        if (last > durable_) break;
        bool wanted = false;
        for (Copy* copy : {&files_, &database_}) {
            const bool lacks = copy->open && (copy->complete || copy->catching_up) && copy->newest < last;
            if (!lacks) continue;
            if (copy->failed && kept > kept_bytes_max) copy->complete = copy->catching_up = false;
            else wanted = true;
        }
        if (wanted) break;
        kept -= pending_.front().bytes_held();
        pending_.pop_front();
    }
}

void WebStorage::written(int bit, double ticket, std::string_view error) {
    if (ticket < 0) {  // the log's rotation: it helps, it is not needed
        rotated_ = true;
        rotating_ = false;
        continue_catch_up();
        send(database_);
        if (look_is_due_) look();
        return;
    }
    if (ticket == fill_ticket_) {  // history that could not be filled in is still in the other copy
        fill_ticket_ = 0;
        continue_catch_up();
        if (look_is_due_) look();
        return;
    }
    if (ticket == forget_ticket_) {
        alone_forgotten(error);
        continue_catch_up();
        send_all();
        return;
    }
    Copy& copy = copy_of(bit);
    if (ticket == answer_ticket_ || ticket == reseed_ticket_) {
        const bool reseeded = ticket == reseed_ticket_;
        if (reseeded) reseed_ticket_ = 0;
        snapshot_written(copy, reseeded ? reseed_sequence_ : snapshot_sequence_, error);
        if (!reseeded) answered(bit, error.empty());
    } else if (ticket == copy.in_flight) {
        copy.in_flight = 0;
        if (error.empty()) {
            copy.newest = std::max(copy.newest, copy.in_flight_last);
            copy.refusals = 0;
            durable_ = std::max(durable_, copy.newest);
        } else {
            fail_copy(copy, error);
        }
    } else {
        return;
    }
    drop_written();
    send_all();
    if (alone_since_ && settled_) continue_catch_up();
    update_state();
    if (durable_ >= appended_)
        for (auto& waiter : std::exchange(durable_waiters_, {})) waiter();
    tell_progress();
    if (look_is_due_) look();
}

void WebStorage::tell_progress() {
    for (std::size_t i = 0; i < progress_.size(); ++i) progress_[i]();
}

void WebStorage::close() {
    closed_ = true;
    queued_.clear();
    has_queued_large_ = false;
    pending_.clear();
    state_ = StorageState::Failed;
    detail_ = "reload";
}

void WebStorage::update_state() {
    if (closed_) return;
    if (is_sound(files_) || is_sound(database_) || (pending_.empty() && last_error_.empty())) {
        state_ = StorageState::Working;
        detail_.clear();
        return;
    }
    state_ = last_error_.find("Quota") != std::string::npos ? StorageState::Full : StorageState::Failed;
    detail_ = last_error_;
}

void WebStorage::when_durable(std::function<void()> done) {
    flush();
    if (durable_ >= appended_) done();
    else durable_waiters_.push_back(std::move(done));
}

void WebStorage::after_first_frame() {
    first_frame_ = true;
    if (was_opened_ && !settled_) outpost_js_store_settle(settle_milliseconds);
}

// The page is open and has had time for what the person came for.
void WebStorage::settled() {
    settled_ = true;
    continue_catch_up();
    send_all();
    look_again_later();
}

// One step at a time: the log's rotation, the history that the copy lacks, then the copy itself.
void WebStorage::continue_catch_up() {
    if (alone_since_ && files_.open && database_.open) return forget_alone();
    if (fill_ticket_ != 0 || (!fill_bit_ && !reseed_bit_)) return;
    if ((fill_bit_ | reseed_bit_) == copy_database && !rotated_) return rotate();
    if (const int bit = std::exchange(fill_bit_, 0); bit && fill_first_ <= fill_last_) {
        fill_ticket_ = next_ticket_++;
        return outpost_js_store_copy_history(fill_ticket_, bit, static_cast<double>(fill_first_), static_cast<double>(fill_last_));
    }
    if (reseed_bit_) reseed(copy_of(std::exchange(reseed_bit_, 0)));
}

void WebStorage::hurry() {
    hurried_ = true;
    flush();
    send_all();
    hurried_ = false;
}

}  // namespace outpost
