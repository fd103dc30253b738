#include "ui/pages/next_task.h"

#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/reach_actions.h"
#include "ui/pages/task_actions.h"

namespace outpost {

namespace {

class NextTask final : public Dialog {
public:
    explicit NextTask(std::vector<RowIndex> queue) : queue_(std::move(queue)) {}
    std::string title(Context& context) override { return std::string(context.tr("ui.feed.next")); }
    DialogKind kind() const override { return DialogKind::Drawer; }
    float width() const override { return 480; }
    bool has_footer() const override { return at_ < queue_.size(); }

    void draw(Context& context) override {
        while (at_ < queue_.size() && !is_open(context, queue_[at_])) ++at_;
        if (at_ >= queue_.size()) return draw_end(context);
        const RecordRef task{standard_object::task, queue_[at_]};
        kit::IdScope scope(context, std::uint64_t{task.row});
        {
            const float height = context.theme.control_height();
            const Rect line = kit::take(context, 0, height);
            const std::string place = context.tr("ui.feed.place", {context.number_text(at_ + 1), context.number_text(queue_.size())});
            if (said_ != at_) context.announce(place + ": " + record_title(context, task));
            said_ = at_;
            kit::text(context, place, {.style = TextStyle::DenseStrong, .ink = kit::Ink::Secondary, .at = line});
            // Below the dialog's cross, whose middle stands 30 px from its edge.
            const Rect spot{line.right() + (context.is_phone() ? space::x4 : space::x6) - 30 - height / 2, line.y, height, height};
            const std::optional<std::size_t> before = previous(context);
            if (before && kit::icon_button(context, "back", Icon::ChevronLeft, context.tr("ui.feed.previous"), {.kind = kit::ButtonKind::Ghost, .at = spot})) at_ = *before;
        }
        Rect bar = kit::take(context, 0, 4);
        kit::fill(context, bar, context.color().surface_sunken, radius::pill);
        kit::fill(context, bar.cut_left(bar.width * static_cast<float>(at_) / static_cast<float>(queue_.size())), context.color().accent, radius::pill);
        kit::link(context, "task", record_title(context, task), routes::record(context.records().id_of(task)), {.style = TextStyle::Title, .quiet = true});
        draw_facts(context, task);
        const std::string description = context.records().value_text(task, task_field::description);
        if (!description.empty()) kit::text(context, description, {.wrap = true, .lines_max = 12, .selectable = true});
        for (const FieldIndex field : {task_field::who, task_field::what}) draw_related(context, task, field);
    }

    void draw_footer(Context& context) override {
        if (at_ >= queue_.size()) return;
        const std::vector<RowIndex> one{queue_[at_]};
        const auto go_on = [this, alive = std::weak_ptr<bool>(alive_)](std::size_t NextTask::* count) {
            return [this, alive, count] {
                if (alive.expired()) return;
                ++(this->*count);
                ++at_;
            };
        };
        if (kit::button(context, "skip", context.tr("ui.feed.skip"), {.kind = kit::ButtonKind::Ghost, .shortcut = "j"})) go_on(&NextTask::skipped_)();
        if (kit::menu_button(context, "snooze", context.tr("ui.feed.snooze"), {.icon_after = Icon::ChevronDown, .shortcut = "s"})) {
            draw_snooze_items(context, one, go_on(&NextTask::moved_));
            kit::end_menu(context);
        }
        if (kit::button(context, "complete", context.tr("ui.quick.complete"), {.kind = kit::ButtonKind::Primary, .icon = Icon::Check, .shortcut = "e"})) complete_tasks(context, one, go_on(&NextTask::completed_));
    }

private:
    static bool is_open(Context& context, RowIndex row) {
        const Table& table = context.records().table(standard_object::task);
        return table.is_live(row) && table.column(task_field::is_closed).flags()[row] == 0;
    }

    std::optional<std::size_t> previous(Context& context) const {
        for (std::size_t at = at_; at-- > 0;)
            if (is_open(context, queue_[at])) return at;
        return std::nullopt;
    }

    static void draw_facts(Context& context, RecordRef task) {
        const Object& object = context.schema().object(task.object);
        kit::Row row(context, {.wrap = true});
        const DueWords due = due_words(context, task.row);
        kit::badge(context, due.text.empty() ? context.tr("ui.feed.no_date") : std::string_view(due.text), due.late ? Tone::Danger : Tone::Neutral, {.icon = Icon::Calendar});
        for (const FieldIndex field : {task_field::priority, task_field::status, task_field::type})
            if (const std::string words = field_words(context, task, object.field(field)); !words.empty()) kit::badge(context, words);
    }

    // Who or what it is about, with the ways to reach them.
    static void draw_related(Context& context, RecordRef task, FieldIndex field) {
        const Value value = context.records().value(task, field);
        const auto* target = std::get_if<RecordRef>(&value);
        if (!target || !*target) return;
        kit::IdScope scope(context, std::uint64_t{number(field)});
        const Object& object = context.schema().object(target->object);
        const std::string label = object_label(context.messages(), object, false);
        kit::Card card(context, {.padding = Insets::xy(space::x4, space::x2), .gap = space::x1, .role = Role::Region, .name = label});
        const std::string address = routes::record(context.records().id_of(*target)), title = record_title(context, *target);
        kit::list_item(context, "record", title, {.detail = label, .address = address, .icon = icon_of_object(object.name, object.icon)});
        kit::Column column(context, {.gap = 0, .padding = {0, 0, 0, space::x1}});
        draw_reach_actions(context, *target);
    }

    void draw_end(Context& context) {
        const std::string text = context.tr("ui.feed.end_text", {context.number_text(completed_), context.number_text(moved_), context.number_text(skipped_)});
        kit::gap(context, space::x8);
        if (kit::empty_state(context, context.tr("ui.feed.end"), {.icon = Icon::Check, .text = text, .action = context.tr("kit.close")})) close();
    }

    std::vector<RowIndex> queue_;
    std::size_t at_ = 0, said_ = SIZE_MAX;
    std::size_t completed_ = 0, moved_ = 0, skipped_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace

std::unique_ptr<Dialog> make_next_task(std::vector<RowIndex> queue) { return std::make_unique<NextTask>(std::move(queue)); }

}  // namespace outpost
