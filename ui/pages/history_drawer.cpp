#include "ui/pages/history_drawer.h"

#include <utility>

#include "core/store/record_history.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_view.h"
#include "ui/pages/timeline_changes.h"

namespace outpost {
namespace {

constexpr std::size_t first_page = 60, further_page = 240;

class HistoryDrawer final : public Dialog {
public:
    HistoryDrawer(Context& context, RecordRef record) : record_(record) { read(context); }

    std::string title(Context& context) override { return std::string(context.tr("ui.history.title")); }
    DialogKind kind() const override { return DialogKind::Drawer; }
    bool has_footer() const override { return false; }
    float width() const override { return 480; }

    void draw(Context& context) override {
        if (read_at_ != context.workspace().applied_sequence() && !reading_) read(context);
        kit::text(context, record_title(context, record_), {.style = TextStyle::BodyStrong});
        if (!error_.empty()) kit::banner(context, "error", error_, {.tone = Tone::Danger});
        if (!known_) {
            if (error_.empty()) kit::help_text(context, context.tr("ui.history.reading"));
            return;
        }
        if (history_.entries_damaged > 0 || history_.sequences_missing > 0) kit::banner(context, "damaged", context.tr("ui.history.damaged"), {.tone = Tone::Warning});
        for (std::size_t at = 0; at < history_.lines.size();) at = draw_edit(context, at);
        if (history_.reaches_creation) return;
        if (history_.lines.size() >= wanted_) {
            if (kit::button(context, "more", context.tr("ui.history.more"), {.kind = kit::ButtonKind::Ghost, .busy = reading_, .full_width = true})) {
                wanted_ += further_page;
                read(context);
            }
        } else {
            kit::help_text(context, context.tr("ui.history.no_more"));
        }
    }

private:
    void read(Context& context) {
        reading_ = true;
        read_at_ = context.workspace().applied_sequence();
        // After the frame: a storage may answer at once.
        context.later([this, &context, alive = std::weak_ptr<bool>(alive_)] {
            if (alive.expired()) return;
            load_record_history(context.workspace().database(), context.records(), {1, read_at_}, record_, wanted_, [this, &context, alive](Result<RecordHistory> history) {
                if (alive.expired()) return;
                reading_ = false;
                known_ = history.has_value();
                error_ = history ? std::string() : context.error_text(history.error());
                if (history) history_ = *std::move(history);
                context.request_frame();
            });
        });
        context.request_frame();
    }

    // All lines of one edit; gives the place of the next one's.
    std::size_t draw_edit(Context& context, std::size_t first) {
        const std::vector<RecordHistoryLine>& lines = history_.lines;
        const RecordHistoryLine& edit = lines[first];
        std::size_t end = first;
        bool says = false;
        const Object& object = context.schema().object(record_.object);
        const auto told = [&](const RecordHistoryLine& line) { return line.event != RecordEvent::FieldChanged || is_told_change(object.fields[number(line.field)]); };
        for (; end < lines.size() && lines[end].sequence == edit.sequence; ++end) says = says || told(lines[end]);
        if (!says) return end;
        kit::IdScope scope(context, edit.sequence);
        const std::string who = edit.user ? record_title(context, edit.user) : std::string(context.tr("kit.none"));
        const std::string when = context.locale().format_instant(edit.time);
        kit::Group group(context, Role::Group, who + ", " + when);
        if (first > 0) kit::divider(context);
        kit::Column column(context, {.gap = 2});
        {
            kit::Row head(context);
            kit::avatar(context, who, 20);
            kit::text(context, who, {.style = TextStyle::DenseStrong});
            draw_origin(context, edit.origin);
            head.spacer();
            kit::text(context, when, {.style = TextStyle::Caption, .ink = kit::Ink::Secondary});
        }
        for (std::size_t at = end; at-- > first;)
            if (told(lines[at])) draw_line(context, object, lines[at]);
        return end;
    }

    static void draw_origin(Context& context, EditOrigin origin) {
        if (origin == EditOrigin::Undo) kit::badge(context, context.tr("ui.history.undone"), Tone::Warning, {.icon = Icon::Undo});
        if (origin == EditOrigin::Redo) kit::badge(context, context.tr("ui.history.redone"), Tone::Info, {.icon = Icon::Redo});
        if (origin == EditOrigin::Import) kit::badge(context, context.tr("ui.history.imported"), Tone::Neutral, {.icon = Icon::Import});
    }

    void draw_line(Context& context, const Object& object, const RecordHistoryLine& line) {
        if (line.event != RecordEvent::FieldChanged) {
            const std::string_view words = line.event == RecordEvent::Created ? "ui.history.created" : line.event == RecordEvent::Deleted ? "ui.history.deleted" : "ui.history.restored";
            kit::text(context, context.tr(words), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary});
            return;
        }
        const Field& field = object.fields[number(line.field)];
        kit::Columns sides(context, {2, 3}, {.gap = space::x3, .stack_below = 0});
        kit::text(context, changed_label(context, object, field), {.style = TextStyle::Dense, .ink = kit::Ink::Secondary, .wrap = true});
        sides.next();
        kit::text(context, values_words(context, object, field, line.before, line.after), {.style = TextStyle::Dense, .wrap = true, .selectable = true});
    }

    RecordRef record_;
    RecordHistory history_;
    std::size_t wanted_ = first_page;
    Sequence read_at_ = 0;
    bool reading_ = false, known_ = false;
    std::string error_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace

std::unique_ptr<Dialog> make_history_drawer(Context& context, RecordRef record) { return std::make_unique<HistoryDrawer>(context, record); }

std::string history_address(Context& context, RecordRef record) { return "history:" + to_text(context.records().id_of(record)); }

}  // namespace outpost
