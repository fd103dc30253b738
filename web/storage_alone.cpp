// What WebStorage does when IndexedDB was written while the files could not be opened: they may hold the last edits from
// before, which it never got, and the same sequence numbers then stand for different edits. Before it is first written
// so, it is marked with the newest sequence that it held; a start that finds both copies looks at the mark before it
// brings either up to date.
#include <algorithm>

#include "web/browser.h"
#include "web/page_calls.h"
#include "web/storage.h"

namespace outpost {

void WebStorage::mark_alone() {
    if (files_.was_open || alone_since_) return;
    alone_since_ = database_.newest;
    outpost_js_store_mark_alone(static_cast<double>(*alone_since_));
}

// Without the mark IndexedDB may hold less than the files, never anything else. With it: what the files hold from after
// the mark and IndexedDB does not is set apart, and IndexedDB counts, which the person saw last.
void WebStorage::set_apart(const JournalSource& log, const FrameList& log_frames, StoredCopy& kept) {
    if (!alone_since_ || !files_.open || !database_.open) return;
    const bool newer_snapshot = opened_.files_sequence > *alone_since_;
    if (newer_snapshot && opened_.files_sequence == opened_.database_sequence) return;   // written anew since, together
    Bytes apart;
    for (const FrameList::Frame& frame : files_frames_.frames) {
        if (frame.sequence <= *alone_since_) continue;
        const Bytes bytes = read_part(*files_journal_, frame.offset, frame_header_size + frame.length);
        const auto same = std::ranges::find(log_frames.frames, frame.sequence, &FrameList::Frame::sequence);
        if (log && same != log_frames.frames.end() && read_part(*log, same->offset, frame_header_size + same->length) == bytes) continue;
        apart.insert(apart.end(), bytes.begin(), bytes.end());
    }
    is_apart_ = newer_snapshot || !apart.empty();
    if (!is_apart_) return;
    kept.name = "opfs";
    if (!apart.empty()) kept.damaged.push_back(std::move(apart));
    if (newer_snapshot && opened_.files_snapshot) {
        BufferSource snapshot(outpost_js_buffer_share(opened_.files_snapshot));
        kept.damaged.push_back(read_part(snapshot, 0, snapshot.size()));
    }
    files_.newest = *alone_since_;
}

// The files take nothing as long as the mark stands: a start in between would find it again and know no more than this one.
void WebStorage::hold_files() {
    if (!alone_since_ || !files_.open) return;
    files_.complete = false;
    files_.catching_up = true;
}

// Both copies are in order, but for what the files lack: the mark goes first, what they lack follows.
void WebStorage::forget_alone() {
    if (!alone_since_ || !files_.open || !database_.open || is_apart_ || forget_ticket_ != 0) return;
    if (!rotated_) return rotate();
    forget_ticket_ = next_ticket_++;
    outpost_js_store_forget_alone(forget_ticket_);
}

void WebStorage::alone_forgotten(std::string_view error) {
    forget_ticket_ = 0;
    if (!error.empty()) return doubt();
    alone_since_.reset();
    const bool is_written_anew = (fill_bit_ | reseed_bit_) != 0;
    if (!files_.catching_up || is_written_anew) return;
    files_.complete = true;
    files_.catching_up = false;
}

}  // namespace outpost
