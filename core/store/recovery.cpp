#include "core/store/recovery.h"

#include <algorithm>

#include "core/base/sort_stably.h"
#include "core/base/store_start.h"
#include "core/edit/apply.h"
#include "core/edit/derived.h"
#include "core/objects/standard_segment.h"

namespace outpost {
namespace {

// Two intact entries of one sequence differ when a kill cut off an append that one copy had already kept: the edit
// made in its place after that opening has the later stamp.
bool is_later(const EntryFrame& a, const EntryFrame& b) {
    const auto first = decode_entry(a, DecodeDepth::UndoOnly);
    const auto second = decode_entry(b, DecodeDepth::UndoOnly);
    if (first && second) return first->stamp > second->stamp;
    return first.has_value();
}

bool is_same(const EntryFrame& a, const EntryFrame& b) {
    constexpr std::uint64_t piece = 64 << 10;
    ByteReader first = a.reader(), second = b.reader();
    bool same = first.remaining() == second.remaining();
    while (same && first.remaining() > 0) {
        const std::uint64_t size = std::min(first.remaining(), piece);
        same = std::ranges::equal(first.take(size), second.take(size));
    }
    return same && !first.failed() && !second.failed();
}

Bytes payload_of(const EntryFrame& frame) {
    Bytes bytes(static_cast<std::size_t>(frame.payload_bytes));
    frame.reader().read(bytes);
    return bytes;
}

bool add_entry(const EntryFrame& frame, StoreFindings& findings) {
    if (frame.state == FrameState::NewerFormat) findings.newer_format = true;
    if (frame.state != FrameState::Whole) return false;
    const auto [place, added] = findings.entries.try_emplace(frame.sequence, frame);
    if (!added && !is_same(place->second, frame) && is_later(frame, place->second))
        place->second = frame;
    return true;
}

// A storage that lost its place (a damaged length) hands over several entries as one run of bytes: each one in it whose
// checksum holds is taken.
void search_entries(ByteView bytes, StoreFindings& findings) {
    for (std::size_t at = 1; at + entry_frame_bytes <= bytes.size(); ++at) {
        const std::size_t size = entry_size_at(bytes.subspan(at));
        if (size != 0 && add_entry(read_entry_frame(bytes.subspan(at, size)), findings)) at += size - 1;
    }
}

void sort_entry(const Bytes& bytes, bool is_last, StoreFindings& findings) {
    const EntryFrame frame = read_entry_frame(bytes);
    if (frame.state == FrameState::NewerFormat || frame.state == FrameState::Whole) {
        add_entry(frame, findings);
        return;
    }
    // Only the end of a log can be unfinished; in its middle bytes were lost.
    if (frame.state == FrameState::Torn && is_last) {
        ++findings.entries_unfinished;
        return;
    }
    ++findings.entries_damaged;
    findings.damaged.push_back(bytes);
    search_entries(bytes, findings);
}

// A large entry that is not whole is damage within the log: it is kept, and looked through, in memory.
void sort_large_entries(const StoredCopy& copy, StoreFindings& findings) {
    for (const auto& source : copy.large_entries) {
        if (add_entry(read_entry_frame(*source), findings) || findings.newer_format) continue;
        ++findings.entries_damaged;
        Bytes& kept = findings.damaged.emplace_back(static_cast<std::size_t>(source->size()));
        if (!source->read(0, kept)) kept.clear();
        search_entries(kept, findings);
    }
}

// What a copy held that was out of reach when everything was erased is still there; it is of no store any more.
void leave_older_stores(StoreFindings& findings) {
    Sequence newest = findings.entries.empty() ? 0 : findings.entries.rbegin()->first;
    for (const StoredCopy& copy : findings.copies)
        if (copy.snapshot) newest = std::max(newest, peek_snapshot(*copy.snapshot).head.sequence);
    findings.start = store_start(newest);
    findings.entries.erase(findings.entries.begin(), findings.entries.upper_bound(findings.start));
}

// The numbers after the last one and before `next`; a thousand of them say enough. False when there are none.
bool note_missing(Sequence next, OpenReport& report) {
    for (Sequence missing = report.last_sequence + 1; missing < next && report.sequences_missing.size() < 1000; ++missing)
        report.sequences_missing.push_back(missing);
    return report.last_sequence + 1 < next;
}

struct Candidate {
    ByteSource* source = nullptr;
    std::string copy;
    SnapshotPeek peek;
};

std::vector<Candidate> snapshot_candidates(const StoreFindings& findings) {
    std::vector<Candidate> out;
    for (const StoredCopy& copy : findings.copies)
        if (copy.snapshot) out.push_back({copy.snapshot.get(), copy.name, peek_snapshot(*copy.snapshot)});
    std::erase_if(out, [&](const Candidate& candidate) { return candidate.peek.head.sequence != 0 && candidate.peek.head.sequence < findings.start; });
    sort_stably(out, [](const Candidate& a, const Candidate& b) {
        return a.peek.head.sequence > b.peek.head.sequence;
    });
    return out;
}

// Whether replaying from the first entry on gives no less than the newest snapshot held.
bool entries_suffice(const StoreFindings& findings, const std::vector<Candidate>& candidates) {
    Sequence next = findings.start + 1;
    for (auto at = findings.entries.begin(); at != findings.entries.end() && at->first == next; ++at) ++next;
    const Sequence held = candidates.empty() ? 0 : candidates.front().peek.head.sequence;  // 0: its header is lost too
    return next > findings.start + 1 && next > (held != 0 ? held : findings.entries.rbegin()->first);
}

// What is computed from columns that may be lost. A person's name that the two parts don't give any more gives them.
void derive_anew(Records& records) {
    for (const ObjectIndex object : records.schema().objects()) {
        if (!has_derived_columns(object)) continue;
        Table& table = records.mutable_table(object);
        const auto [first, last] = person_name_fields(object);
        for (RowIndex row = 0; first != no_field && row < table.row_count(); ++row) {
            const std::string name(table.column(system_field::name).text(row));
            if (name.empty() || name == compose_person_name(table.column(first).text(row), table.column(last).text(row))) continue;
            const auto [given, family] = split_person_name(name);
            table.mutable_column(first).mutable_texts().set(row, given);
            table.mutable_column(last).mutable_texts().set(row, family);
        }
        recompute_derived_from(records, object, 0);
    }
}

bool use_snapshot(const Candidate& candidate, SnapshotRead mode, Recovered& out, bool only_whole = false) {
    auto content = read_snapshot(*candidate.source, mode, TextCheck::TrustChecksum);
    if (!content || (only_whole && !content->is_whole)) return false;
    out.records = std::move(content->records);
    if (!content->is_whole) {
        out.report.snapshot_loss = OpenReport::Loss::Part;
        derive_anew(out.records);
    }
    out.report.snapshot_sequence = out.report.last_sequence = content->head.sequence;
    out.report.copy_used = candidate.copy;
    out.last_stamp = content->head.stamp;
    out.id_salt = content->head.id_salt;
    out.snapshot_bytes = candidate.source->size();
    for (const Bytes& bytes : content->undo) {
        auto group = decode_entry(read_entry_frame(bytes), DecodeDepth::UndoOnly);
        // Undone from the last one back, so what lies before an unreadable one is out of reach.
        if (group) out.undoable.push_back(*std::move(group));
        else out.undoable.clear();
    }
    if (!out.undoable.empty() && out.undoable.back().sequence != content->head.sequence) out.undoable.clear();
    for (auto* kept : {&content->kept, &content->damaged})
        for (Bytes& bytes : *kept) out.report.damaged_bytes.push_back(std::move(bytes));
    return true;
}

// What is left of the damaged ones: of the first from which nothing is lacking, else of the first that can be read.
const Candidate* salvage_snapshot(const StoreFindings& findings, const std::vector<Candidate>& candidates, Recovered& out) {
    for (const bool only_whole : {true, false})
        for (const Candidate& candidate : candidates)
            if (use_snapshot(candidate, SnapshotRead::Salvage, out, only_whole)) return &candidate;
    out.report.snapshot_loss = OpenReport::Loss::All;
    // What came before the first entry isn't missing from the journal.
    if (!findings.entries.empty()) out.report.last_sequence = findings.entries.begin()->first - 1;
    return nullptr;
}

// A damaged snapshot that held what is nowhere else, or may have, is kept as it is.
void keep_unread(const std::vector<Candidate>& candidates, const Candidate* used, OpenReport& report) {
    Sequence newest = report.last_sequence;
    for (const Candidate& candidate : candidates) {
        const Sequence held = candidate.peek.head.sequence;
        newest = std::max(newest, held);
        const bool is_covered = held != 0 ? held <= report.last_sequence : used != nullptr;
        if (&candidate == used || (report.snapshot_loss == OpenReport::Loss::None && is_covered)) continue;
        Bytes bytes(static_cast<std::size_t>(candidate.source->size()));
        if (candidate.source->read(0, bytes)) report.damaged_bytes.push_back(std::move(bytes));
    }
    // An older snapshot that is whole doesn't give what only the damaged one held.
    const bool lacks = report.snapshot_loss != OpenReport::Loss::All && note_missing(newest + 1, report);
    if (lacks) report.snapshot_loss = OpenReport::Loss::Part;
    report.last_sequence = newest;  // its numbers are not given out again
}

// A lost entry may have made records: rows that nobody knows any more take their place, so that what was made after
// them keeps its own rows. Their ids have the salt 0, which no device draws.
void stand_in_for_lost_rows(const ChangeGroup& group, Records& records) {
    constexpr RowIndex rows_max = 1 << 20;
    for (const Change& change : group.changes) {
        const auto* created = std::get_if<RecordsCreated>(&change);
        if (!created || !records.has_table(created->object)) continue;
        Table& table = records.mutable_table(created->object);
        const RowIndex have = table.row_count();
        if (created->first_row <= have || created->first_row - have > rows_max) continue;
        const std::uint32_t count = created->first_row - have;
        const RecordId first = RecordId::make(created->object, 0, have);
        if (created->first_row >= 1u << RecordId::counter_bits || !table.ids().is_free(first, count)) continue;
        table.append_rows(first, count);
        for (RowIndex row = have; row < created->first_row; ++row) table.set_state(row, RowState::Absent);
    }
}

void replay(const StoreFindings& findings, Recovered& out) {
    OpenReport& report = out.report;
    const Sequence base = std::max(report.snapshot_sequence, findings.start);
    report.last_sequence = std::max(report.last_sequence, base);
    const std::size_t count = static_cast<std::size_t>(
        std::distance(findings.entries.upper_bound(base), findings.entries.end()));
    std::size_t left = count;
    for (auto at = findings.entries.upper_bound(base); at != findings.entries.end(); ++at, --left) {
        const auto& [sequence, frame] = *at;
        if (note_missing(sequence, report)) out.undoable.clear();
        report.last_sequence = sequence;
        out.journal_bytes += frame.payload_bytes + entry_frame_bytes;
        auto group = decode_entry(frame);
        if (group && (report.snapshot_loss != OpenReport::Loss::None || report.entries_damaged != 0 || !report.sequences_missing.empty())) stand_in_for_lost_rows(*group, out.records);
        if (!group || !apply_taking(out.records, *group)) {
            ++report.entries_damaged;
            report.damaged_bytes.push_back(payload_of(frame));
            out.undoable.clear();
            continue;
        }
        ++report.entries_replayed;
        out.last_stamp = std::max(out.last_stamp, group->stamp);
        if (left > undo_groups_max) {
            out.undoable.clear();
            continue;
        }
        out.undoable.push_back(*std::move(group));
    }
}

}  // namespace

void add_history(StoreFindings& findings, std::vector<Bytes> history) {
    findings.history = std::move(history);
    for (const Bytes& bytes : findings.history) {
        // The journals' own entries are among them: what is known to be damaged is not counted again.
        const bool known = read_entry_frame(bytes).state != FrameState::Whole && std::ranges::contains(findings.damaged, bytes);
        if (!known) sort_entry(bytes, false, findings);
    }
    leave_older_stores(findings);
}

StoreFindings sort_findings(std::vector<StoredCopy> copies) {
    StoreFindings out;
    out.copies = std::move(copies);
    for (const StoredCopy& copy : out.copies) {
        out.copy_lost = out.copy_lost || copy.was_lost;
        out.anything = out.anything || copy.was_lost || copy.snapshot || !copy.entries.empty() || !copy.large_entries.empty() || !copy.damaged.empty();
        sort_large_entries(copy, out);
        for (std::size_t i = 0; i < copy.entries.size(); ++i)
            sort_entry(copy.entries[i], i + 1 == copy.entries.size() && copy.damaged.empty(), out);
        for (std::size_t i = 0; i < copy.damaged.size(); ++i)
            sort_entry(copy.damaged[i], i + 1 == copy.damaged.size(), out);
        if (copy.snapshot && peek_snapshot(*copy.snapshot).state == SnapshotState::NewerFormat) out.newer_format = true;
    }
    leave_older_stores(out);
    return out;
}

Recovered recover(const StoreFindings& findings, bool salvage) {
    Recovered out;
    out.report.copy_lost = findings.copy_lost;
    out.report.entries_damaged = findings.entries_damaged;
    out.report.entries_unfinished = findings.entries_unfinished;
    out.report.damaged_bytes = findings.damaged;
    out.report.first_visit = !findings.anything;
    const std::vector<Candidate> candidates = snapshot_candidates(findings);
    const Candidate* used = nullptr;
    for (const Candidate& candidate : candidates) {
        if (candidate.peek.state == SnapshotState::Whole && use_snapshot(candidate, SnapshotRead::Strict, out)) used = &candidate;
        if (used) break;
        out.report.snapshot_damaged = true;
    }
    const bool is_sound = used != nullptr;
    // Without a snapshot the entries alone give everything, if they go back to the first one without a gap.
    if (!used && salvage && !candidates.empty() && !entries_suffice(findings, candidates)) used = salvage_snapshot(findings, candidates, out);
    if (!is_sound) out.undoable.clear();
    if (!used && !findings.copies.empty()) out.report.copy_used = findings.copies.front().name;
    replay(findings, out);
    if (salvage && out.report.snapshot_damaged) keep_unread(candidates, used, out.report);
    admit_custom_objects(out.records.mutable_schema());
    const OpenReport& report = out.report;
    if (report.snapshot_damaged || report.entries_damaged != 0 || !report.sequences_missing.empty())
        out.history_wanted_from = is_sound ? report.snapshot_sequence + 1 : 1;
    return out;
}

}  // namespace outpost
