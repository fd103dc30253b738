#include "ui/pages/segments.h"

#include <algorithm>
#include <utility>

#include "core/base/sort_stably.h"
#include "core/base/text.h"
#include "core/edit/segments.h"
#include "core/objects/labels.h"
#include "core/objects/standard_segment.h"
#include "ui/pages/field_view.h"
#include "ui/pages/list_query.h"
#include "ui/pages/lookup_search.h"
#include "ui/pages/save_dialog.h"

namespace outpost {

namespace {

namespace so = standard_object;

class SegmentDialog final : public SaveDialog {
public:
    SegmentDialog(Context& context, ObjectIndex object, std::vector<RowIndex> rows, std::function<void()> done)
        : object_(object), rows_(std::move(rows)), done_(std::move(done)), choices_(segment_choices(context)) {
        if (!choices_.empty()) choices_.insert(choices_.begin(), {std::string(), std::string(context.tr("ui.segment.new"))});
        count(context);
    }
    std::string title(Context& context) override { return context.count_text("ui.segment.add_title", rows_.size()); }
    float width() const override { return 420; }

    void draw(Context& context) override {
        draw_error(context);
        if (!choices_.empty() && kit::picklist(context, "segment", context.tr("label.Segment"), choices_, segment_, {.allow_none = false})) count(context);
        if (segment_.empty()) draw_name(context, context.tr("ui.segment.name"));
        kit::Group group(context, Role::Region, context.tr("ui.list.preview"));
        kit::Column column(context, {.gap = space::x1});
        kit::text(context, context.count_text("ui.segment.will_add", rows_.size() - there_), {.style = TextStyle::BodyStrong});
        if (there_ > 0) kit::help_text(context, context.count_text("ui.segment.there", there_));
        if (can_save()) kit::help_text(context, context.tr("ui.list.one_undo"));
    }

protected:
    bool can_save() const override { return there_ < rows_.size(); }
    void save(Context& context) override {
        if (segment_.empty() && !check_name(context)) return;
        const RecordRef segment = record_of_choice(context.records(), segment_);
        const std::string name = segment ? context.records().display_name(segment) : std::string(trim(name_));
        submit(context, AddToSegment{segment, name, object_, rows_}, context.tr("ui.segment.added", {context.number_text(rows_.size() - there_), name}), [done = done_](const CommandOutcome&) {
            if (done) done();
        });
    }

private:
    void count(Context& context) {
        there_ = 0;
        const RecordRef segment = record_of_choice(context.records(), segment_);
        if (!segment) return;
        for (const RowIndex row : rows_)
            if (membership_of(context.records(), segment, {object_, row}) != no_row) ++there_;
    }

    ObjectIndex object_;
    std::vector<RowIndex> rows_;
    std::function<void()> done_;
    std::vector<kit::Choice> choices_;
    std::string segment_;                      // id text; "": a new one
    std::size_t there_ = 0;                    // how many are in it already
};

}  // namespace

std::vector<kit::Choice> segment_choices(Context& context) {
    std::vector<kit::Choice> choices;
    const Records& records = context.records();
    const Table& table = records.table(so::segment);
    for (RowIndex row = 0; row < table.row_count(); ++row)
        if (table.is_live(row)) choices.push_back({to_text(records.id_of({so::segment, row})), records.display_name({so::segment, row})});
    sort_stably(choices, [](const kit::Choice& a, const kit::Choice& b) { return compare_text(a.label, b.label) < 0; });
    return choices;
}

std::size_t segment_size(Context& context, RowIndex segment) {
    return context.records().children(so::segment_member, segment_member_field::segment, {so::segment, segment}).size();
}

std::unique_ptr<Dialog> make_segment_dialog(Context& context, ObjectIndex object, std::vector<RowIndex> rows, std::function<void()> done) {
    std::erase_if(rows, [&](RowIndex row) { return !context.records().table(object).is_live(row); });
    if (rows.empty() || !can_be_in_segment(context.schema(), object)) return nullptr;
    return std::make_unique<SegmentDialog>(context, object, std::move(rows), std::move(done));
}

std::string segment_address(Context& context, RecordRef record) { return "segment:" + to_text(context.records().id_of(record)); }

void leave_segment(Context& context, std::string_view segment, ObjectIndex object, std::vector<RowIndex> rows, std::function<void()> done) {
    const RecordRef from = record_of_choice(context.records(), segment);
    if (!from) return;
    SubmitOptions options{.toast = context.tr("ui.segment.removed", {context.number_text(rows.size()), context.records().display_name(from)})};
    context.submit(RemoveFromSegment{from, object, std::move(rows)}, [done = std::move(done)](const Result<CommandOutcome>& outcome) {
        if (outcome && done) done();
    }, std::move(options));
}

void SegmentCard::draw(Context& context, RecordRef segment) {
    const std::uint64_t revision = context.workspace().revision();
    if (segment != of_ || revision != revision_ || language_ != context.messages().language()) {
        of_ = segment;
        revision_ = revision;
        language_ = context.messages().language();
        std::vector<std::size_t> counts;
        const auto members = context.records().table(so::segment_member).column(segment_member_field::member).refs();
        for (const RowIndex row : context.records().children(so::segment_member, segment_member_field::segment, segment)) {
            const std::size_t object = number(members[row].object);
            if (object >= counts.size()) counts.resize(object + 1);
            ++counts[object];
        }
        lines_.clear();
        for (std::size_t at = 0; at < counts.size(); ++at) {
            if (counts[at] == 0 || !context.schema().has_object(ObjectIndex{static_cast<std::uint16_t>(at)})) continue;
            const Object& object = context.schema().object(ObjectIndex{static_cast<std::uint16_t>(at)});
            Route list = Route::parse(routes::list(object.name));
            list.set("segment", to_text(context.records().id_of(segment))).set("state", first_state(object) == ListState::All ? "" : "all");
            lines_.push_back({context.tr("ui.segment.list", {object_label(context.messages(), object, true)}), context.number_text(counts[at]), list.to_text()});
        }
    }
    const std::string title(context.tr("ui.segment.members"));
    kit::Card card(context, {.gap = space::x1, .role = Role::Region, .name = title});
    kit::SectionHeader(context, title);
    if (lines_.empty()) return kit::help_text(context, context.tr("ui.segment.none"));
    kit::Group group(context, Role::List, title);
    for (std::size_t at = 0; at < lines_.size(); ++at) {
        kit::IdScope scope(context, at);
        kit::list_item(context, "line", lines_[at].label, {.right = lines_[at].count, .address = lines_[at].address, .opens = true});
    }
}

}  // namespace outpost
