#include <algorithm>

#include "core/edit/editor.h"

namespace outpost {

namespace {

constexpr std::size_t entries_max = 20'000;
constexpr std::size_t bytes_max = 64 * 1024 * 1024;

}  // namespace

std::optional<UndoStack::Entry> UndoStack::take(std::deque<Entry>& from, Sequence applied) {
    for (std::size_t i = from.size(); i-- > 0;) {
        if (from[i].applied != applied && from[i].sequence != applied) continue;
        Entry entry = std::move(from[i]);
        from.erase(from.begin() + static_cast<std::ptrdiff_t>(i));
        bytes_ -= std::min(bytes_, entry.bytes);
        for (std::size_t later = i; later < from.size(); ++later) from[later].over_gap = true;
        return entry;
    }
    return std::nullopt;
}

const UndoStack::Entry* UndoStack::find_undo(Sequence sequence) const {
    const auto found = std::find_if(undo_.rbegin(), undo_.rend(), [&](const Entry& entry) { return entry.sequence == sequence; });
    return found == undo_.rend() ? nullptr : &*found;
}

void UndoStack::add(std::deque<Entry>& to, Entry entry) {
    entry.bytes = entry.inverse.bytes();
    bytes_ += entry.bytes;
    to.push_back(std::move(entry));
    // The oldest can no longer be undone; the newest always can.
    while (undo_.size() > 1 && (undo_.size() > entries_max || bytes_ > bytes_max)) {
        bytes_ -= std::min(bytes_, undo_.front().bytes);
        undo_.pop_front();
    }
}

void UndoStack::push(ChangeGroup group) {
    if (group.empty()) return;
    if (group.label_key == first_records_label) return clear();
    Entry entry;
    entry.sequence = entry.applied = group.sequence;
    entry.label_key = group.label_key;
    entry.label_arguments = group.label_arguments;
    const EditOrigin origin = group.origin;
    const Sequence reverses = group.reverses;
    entry.inverse = inverse(std::move(group));
    if (origin == EditOrigin::Undo || origin == EditOrigin::Redo) {
        std::deque<Entry>& from = origin == EditOrigin::Undo ? undo_ : redo_;
        if (const auto reversed = take(from, reverses)) {
            entry.sequence = reversed->sequence;
            entry.label_key = reversed->label_key;
            entry.label_arguments = reversed->label_arguments;
        }
        add(origin == EditOrigin::Undo ? redo_ : undo_, std::move(entry));
        return;
    }
    for (const Entry& gone : redo_) bytes_ -= std::min(bytes_, gone.bytes);
    redo_.clear();
    add(undo_, std::move(entry));
}

void UndoStack::clear() {
    undo_.clear();
    redo_.clear();
    bytes_ = 0;
}

}  // namespace outpost
