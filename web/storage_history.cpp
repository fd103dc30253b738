#include <algorithm>
#include <memory>
#include <utility>

#include "web/browser.h"
#include "web/page_calls.h"
#include "web/storage.h"

namespace outpost {
namespace {

// The entries of a run of frames, read one by one: a run may be long, and is held once. After bytes that are no frame
// the rest is taken whole.
void take_entries(ByteSource& source, Sequence first, Sequence last, std::vector<Bytes>& out) {
    const auto wanted = [&](Sequence sequence) { return sequence >= first && sequence <= last; };
    std::uint64_t at = 0;
    while (at < source.size()) {
        Bytes header(frame_header_size);
        const std::uint64_t left = source.size() - at;
        const auto frame = left >= header.size() && source.read(at, header) ? read_frame_header(header) : std::nullopt;
        if (!frame || frame->length > left - frame_header_size) break;
        if (wanted(frame->sequence)) {
            Bytes& entry = out.emplace_back(frame->length);
            if (!source.read(at + frame_header_size, entry)) entry.clear();
        }
        at += frame_header_size + frame->length;
    }
    if (at >= source.size()) return;
    Bytes rest(static_cast<std::size_t>(source.size() - at));
    if (!source.read(at, rest)) return;
    const FrameList list = find_frames(rest);
    const auto take = [&](std::uint64_t offset, std::uint64_t length) {
        const auto begin = rest.begin() + static_cast<std::ptrdiff_t>(offset);
        out.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(length));
    };
    for (const FrameList::Frame& frame : list.frames)
        if (wanted(frame.sequence)) take(frame.offset + frame_header_size, frame.length);
    for (const auto& [offset, length] : list.damaged) take(offset, length);
}

}  // namespace

void WebStorage::load_history(Sequence first, Sequence last, LoadScope scope,
                              std::function<void(Result<std::vector<Bytes>>)> done) {
    flush();
    const int open = (files_.open ? copy_files : 0) | (database_.open ? copy_database : 0);
    const bool files_best = files_.open && (files_.complete || !database_.open);
    const int copies = scope == LoadScope::AllCopies ? open : files_best ? copy_files : open & copy_database;
    const double ticket = next_ticket_++;
    history_questions_.push_back({ticket, first, last, std::move(done)});
    outpost_js_store_history(ticket, static_cast<double>(first), static_cast<double>(last), copies);
}

void WebStorage::history_read(double ticket, int files, int log) {
    const auto found = std::ranges::find(history_questions_, ticket, &HistoryQuestion::ticket);
    std::unique_ptr<BufferSource> sources[2];
    if (files) sources[0] = std::make_unique<BufferSource>(files);
    if (log) sources[1] = std::make_unique<BufferSource>(log);
    if (found == history_questions_.end()) return;
    const HistoryQuestion question = std::move(*found);
    history_questions_.erase(found);
    if (!files && !log) return question.done(fail(ErrorCode::StorageFailure, "error.storage.unreadable"));
    std::vector<Bytes> entries;
    for (auto& source : sources) {
        if (source) take_entries(*source, question.first, question.last, entries);
        source.reset();
    }
    // What is still on its way into a copy.
    for (const Batch& batch : pending_) {
        if (batch.source && !batch.is_catching_up) take_entries(*batch.source, question.first, question.last, entries);
        for (const FrameList::Frame& frame : find_frames(batch.frames).frames) {
            if (frame.sequence < question.first || frame.sequence > question.last) continue;
            const ByteView entry = ByteView(batch.frames).subspan(static_cast<std::size_t>(frame.offset) + frame_header_size, frame.length);
            entries.emplace_back(entry.begin(), entry.end());
        }
    }
    question.done(std::move(entries));
}

}  // namespace outpost
