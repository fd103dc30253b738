// Segments: many records put into one at once, or taken out. One change, one undo.
// Invariant: AddToSegment makes no record a member twice. Called by: editor, ui (what a dialog says beforehand).
#pragma once

#include "core/edit/editor.h"

namespace outpost {

// Whether records of the object can be in a segment at all.
bool can_be_in_segment(const Schema& schema, ObjectIndex object);
// The membership by which a record is in the segment; no_row: it isn't.
RowIndex membership_of(const Records& records, RecordRef segment, RecordRef member);

// `created` holds the segment; record_count tells how many came in (those already in it stay) or went out.
Result<CommandOutcome> add_to_segment(Transaction& transaction, const AddToSegment& command);
Result<CommandOutcome> remove_from_segment(Transaction& transaction, const RemoveFromSegment& command);
// Before `kept` takes the memberships of `other`: out of the segments that both are in, and of any twice, `other` goes.
Status leave_shared_segments(Transaction& transaction, RecordRef kept, RecordRef other);
// No record of the object is a member any longer (the object goes).
Status leave_segments(Transaction& transaction, ObjectIndex object);

}  // namespace outpost
