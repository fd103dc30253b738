#include "ui/pages/stage_move.h"

#include <algorithm>
#include <utility>

#include "core/edit/picklist_rules.h"
#include "core/objects/labels.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/field_view.h"
#include "ui/pages/record_actions.h"
#include "ui/pages/record_path.h"
#include "ui/pages/routing_dialogs.h"

namespace outpost {

namespace {

const Field& path_field(Context& context, RecordRef record) {
    const Object& object = context.schema().object(record.object);
    return object.field(object.board_field);
}

bool is_lost(const PicklistValue& value) { return value.closed && !value.won && !value.converted; }

const Field* reason_field(const Object& object) {
    const Field* reason = object.find_field("LostReason");
    return reason && reason->is_picklist() && reason->writable() ? reason : nullptr;
}

bool converts(RecordRef record, const PicklistValue& value) { return record.object == standard_object::lead && value.converted; }

// What a move asks for: one stage, or the choice of how it ended.
class MoveDialog final : public Dialog {
public:
    MoveDialog(Context& context, RecordRef record, std::vector<std::uint16_t> codes) : record_(record), codes_(std::move(codes)) {
        // What has ended begins with how it did.
        if (const auto present = std::ranges::find(codes_, present_code(context)); present != codes_.end()) chosen_ = static_cast<int>(present - codes_.begin());
        choose(context);
    }

    std::string title(Context& context) override {
        if (codes_.size() > 1) return std::string(context.tr("ui.path.close_title"));
        const Field& field = path_field(context, record_);
        return context.tr("ui.path.move_title", {value_label(context.messages(), field, field.values[code() - 1u])});
    }
    float width() const override { return 440; }

    void draw(Context& context) override {
        const Object& object = context.schema().object(record_.object);
        const Field& field = path_field(context, record_);
        kit::text(context, record_title(context, record_), {.style = TextStyle::BodyStrong});
        if (codes_.size() > 1) draw_choice(context, object, field);
        const std::uint16_t from = present_code(context);
        const bool lost = is_lost(field.values[code() - 1u]);
        if (!drafts_.empty() && !lost && from != 0)
            kit::help_text(context, context.tr("ui.path.asks", {value_label(context.messages(), field, field.values[from - 1u])}));
        for (std::size_t at = 0; at < drafts_.size(); ++at)
            draw_field_editor(context, object, object.field(drafts_[at].field), drafts_[at], {.focus = std::exchange(focus_, false) && codes_.size() == 1, .required = !lost});
        if (lost) draw_winner(context);
        if (!error_.empty()) kit::banner(context, "error", error_, {.tone = Tone::Danger});
    }

    void draw_footer(Context& context) override {
        if (kit::button(context, "cancel", context.tr("ui.form.cancel"))) close();
        if (!kit::button(context, "apply", context.tr(codes_.size() > 1 ? "ui.form.save" : "ui.path.move"), {.kind = kit::ButtonKind::Primary, .shortcut = "Ctrl+Enter"})) return;
        if (converts(record_, path_field(context, record_).values[code() - 1u])) {
            open_convert_dialog(context, record_);
            close();
        } else {
            apply(context);
        }
    }

private:
    std::uint16_t code() const { return codes_[static_cast<std::size_t>(chosen_)]; }
    std::uint16_t present_code(Context& context) const { return code_of(context.records(), record_, path_field(context, record_)); }

    void choose(Context& context) {
        const Object& object = context.schema().object(record_.object);
        const Field& field = path_field(context, record_);
        drafts_.clear();
        error_.clear();
        for (const RecordRef each : competitors(context))
            if (context.records().value(each, opportunity_competitor_field::is_winner) == Value(true)) winner_ = to_text(context.records().id_of(each));
        for (const FieldIndex asked : missing_before(context.records(), record_, field, code(), {})) drafts_.push_back(make_record_draft(context, record_, object.field(asked)));
        if (const Field* reason = reason_field(object); reason && is_lost(field.values[code() - 1u])) drafts_.push_back(make_record_draft(context, record_, *reason));
    }

    std::vector<RecordRef> competitors(Context& context) const {
        std::vector<RecordRef> found;
        if (record_.object != standard_object::opportunity) return found;
        for (const RowIndex row : context.records().children(standard_object::opportunity_competitor, opportunity_competitor_field::opportunity, record_))
            found.push_back({standard_object::opportunity_competitor, row});
        return found;
    }

    // Which of the opportunity's competitors got it.
    void draw_winner(Context& context) {
        std::vector<kit::Choice> choices;
        for (const RecordRef each : competitors(context)) choices.push_back({.value = to_text(context.records().id_of(each)), .label = record_title(context, each)});
        if (!choices.empty()) kit::picklist(context, "winner", context.tr("ui.path.lost_to"), choices, winner_);
    }

    // With another winner it is one edit of both.
    Command move(Context& context, std::vector<FieldValue> values, bool lost) const {
        const Object& object = context.schema().object(record_.object);
        Json fields = Json::object();
        for (const FieldValue& each : values) fields.set(object.field(each.field).name, value_to_json(each.value, object.field(each.field), context.records()));
        Batch both;
        both.commands.push_back(record_command("UpdateRecord", object.name, to_text(context.records().id_of(record_))).set("fields", std::move(fields)));
        for (const RecordRef each : competitors(context)) {
            const std::string id = to_text(context.records().id_of(each));
            if (const bool wins = id == winner_; lost && context.records().value(each, opportunity_competitor_field::is_winner) != Value(wins))
                both.commands.push_back(record_command("UpdateRecord", "OpportunityCompetitor", id).set("fields", Json::object().set("IsWinner", wins)));
        }
        return both.commands.size() > 1 ? Command(std::move(both)) : UpdateRecord{record_, std::move(values)};
    }

    void draw_choice(Context& context, const Object& object, const Field& field) {
        std::vector<std::string> labels;
        for (const std::uint16_t each : codes_) labels.push_back(value_label(context.messages(), field, field.values[each - 1u]));
        std::vector<kit::RadioChoice> choices;
        for (const std::string& label : labels) choices.push_back({label});
        if (kit::radio_group(context, "how", field_label(context.messages(), object, field), choices, chosen_)) choose(context);
    }

    void apply(Context& context) {
        if (saving_) return;
        const Object& object = context.schema().object(record_.object);
        const Field& field = path_field(context, record_);
        const PicklistValue& target = field.values[code() - 1u];
        std::vector<FieldValue> values{{field.index, Value(target.value)}};
        bool good = true;
        for (FieldDraft& draft : drafts_) {
            const Field& asked = object.field(draft.field);
            Result<Value> value = draft_value(context, object, asked, draft);
            draft.error = !value ? context.error_text(value.error())
                          : is_null(*value) && !is_lost(target) ? context.tr("error.required_field", {field_label(context.messages(), object, asked)})
                                                                : std::string();
            if (!draft.error.empty()) good = false;
            else if (*value != draft.before) values.push_back({draft.field, *std::move(value)});
        }
        if (!good) return;
        saving_ = true;
        SubmitOptions options;
        options.silent_errors = true;
        options.toast = code() == present_code(context) ? context.tr("ui.form.saved", {object_label(context.messages(), object, false)})
                                                        : context.tr("ui.path.moved", {value_label(context.messages(), field, target)});
        context.submit(move(context, std::move(values), is_lost(target)), [this, &context, alive = std::weak_ptr<bool>(alive_)](const Result<CommandOutcome>& outcome) {
            if (alive.expired()) return;
            saving_ = false;
            if (outcome) close();
            else error_ = context.error_text(outcome.error());
        }, std::move(options));
    }

    RecordRef record_;
    std::vector<std::uint16_t> codes_;
    std::vector<FieldDraft> drafts_;
    std::string error_, winner_;
    int chosen_ = 0;
    bool focus_ = true, saving_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace

void move_on_path(Context& context, RecordRef record, std::uint16_t code) {
    const Object& object = context.schema().object(record.object);
    const Field& field = path_field(context, record);
    const PicklistValue& value = field.values[code - 1u];
    if (code_of(context.records(), record, field) == code) return;
    if (converts(record, value)) return open_convert_dialog(context, record);
    const Field* reason = is_lost(value) ? reason_field(object) : nullptr;
    bool asks_why = reason && is_null(context.records().value(record, reason->index));
    if (is_lost(value) && record.object == standard_object::opportunity)
        asks_why = asks_why || !context.records().children(standard_object::opportunity_competitor, opportunity_competitor_field::opportunity, record).empty();
    if (asks_why || !missing_before(context.records(), record, field, code, {}).empty())
        return context.open_dialog("move:" + to_text(context.records().id_of(record)) + ":" + value.value);
    SubmitOptions options;
    options.toast = context.route().segment(0) == "r" ? context.tr("ui.path.moved", {value_label(context.messages(), field, value)})
                                                           : context.tr("ui.board.moved", {context.records().display_name(record), value_label(context.messages(), field, value)});
    context.submit(UpdateRecord{record, {{field.index, Value(value.value)}}}, {}, std::move(options));
}

std::unique_ptr<Dialog> make_close_dialog(Context& context, RecordRef record) {
    if (!has_path(context.records(), record) || is_read_only(context, record)) return nullptr;
    const Field& field = path_field(context, record);
    std::vector<std::uint16_t> codes = offered_codes(context.records(), record, field);
    std::erase_if(codes, [&](std::uint16_t code) { return !is_end(field.values[code - 1u]); });
    return codes.empty() ? nullptr : std::make_unique<MoveDialog>(context, record, std::move(codes));
}

std::unique_ptr<Dialog> make_move_dialog(Context& context, std::string_view address) {
    const std::size_t colon = address.find(':');
    const auto id = parse_record_id(address.substr(0, colon));
    const auto record = id && colon != std::string_view::npos ? context.records().find(*id) : std::nullopt;
    if (!record || context.schema().object(record->object).board_field == no_field || is_read_only(context, *record)) return nullptr;
    const Field& field = path_field(context, *record);
    const std::uint16_t code = field.find_code(address.substr(colon + 1));
    if (code == 0 || code == code_of(context.records(), *record, field)) return nullptr;
    return std::make_unique<MoveDialog>(context, *record, std::vector<std::uint16_t>{code});
}

}  // namespace outpost
