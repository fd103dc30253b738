// Segments on the page: putting records into one, taking them out again, and what a segment's own page shows of its members.
// Called by: list_page, record_page, related_lists, registry.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ui/context.h"
#include "ui/kit/kit.h"

namespace outpost {

// Chooses a segment, or names a new one, and says how many of the records it will take. `done` after success.
std::unique_ptr<Dialog> make_segment_dialog(Context& context, ObjectIndex object, std::vector<RowIndex> rows, std::function<void()> done = {});
std::string segment_address(Context& context, RecordRef record);   // of that dialog for one record
// The live ones in the order of their names; the value is the id.
std::vector<kit::Choice> segment_choices(Context& context);
std::size_t segment_size(Context& context, RowIndex segment);   // how many are in it
void leave_segment(Context& context, std::string_view segment, ObjectIndex object, std::vector<RowIndex> rows, std::function<void()> done);

// A segment's members, by object; each line leads to their list.
// Invariant: counted again only when a record or the language changed.
class SegmentCard {
public:
    void draw(Context& context, RecordRef segment);

private:
    struct Line { std::string label, count, address; };
    std::vector<Line> lines_;
    RecordRef of_;
    std::uint64_t revision_ = 0;
    Language language_ = Language::English;
};

}  // namespace outpost
