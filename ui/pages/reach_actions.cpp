#include "ui/pages/reach_actions.h"

#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/objects/standard.h"
#include "ui/kit/kit.h"
#include "ui/pages/default_layout.h"
#include "ui/pages/field_view.h"

namespace outpost {

namespace {

// The first of the fields that gives an address to open.
FieldShown first_link(Context& context, RecordRef record, std::initializer_list<std::string_view> names) {
    const Object& object = context.schema().object(record.object);
    for (const std::string_view name : names) {
        const Field* field = object.find_field(name);
        if (!field || field->deleted) continue;
        FieldShown shown = show_field(context, record, *field);
        if (!shown.link.empty()) return shown;
    }
    return {};
}

// The first address with a place in it, in one line.
std::string place_of(Context& context, RecordRef record) {
    const Object& object = context.schema().object(record.object);
    for (const Field& field : object.fields) {
        if (field.deleted || field.type != FieldType::Address) continue;
        std::string place;
        for (const FieldIndex part : address_parts(object, field)) {
            const std::string words = field_words(context, record, object.field(part));
            if (!words.empty()) place.append(place.empty() ? "" : ", ").append(words);
        }
        if (!place.empty()) return place;
    }
    return {};
}

std::string percent_encoded(std::string_view text) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) out += c;
        else (out += '%') += digits[byte >> 4], out += digits[byte & 15];
    }
    return out;
}

bool is_set(Context& context, RecordRef record, std::string_view name) {
    const Field* field = context.schema().object(record.object).find_field(name);
    const Value value = field ? context.records().value(record, field->index) : Value{};
    const bool* on = std::get_if<bool>(&value);
    return on && *on;
}

}  // namespace

std::string map_address(std::string_view place, bool touch) {
    std::string line(place);
    for (char& c : line)
        if (c == '\n' || c == '\r') c = ' ';
    if (trim(line).empty()) return {};
    return (touch ? "geo:0,0?q=" : "https://www.openstreetmap.org/search?query=") + percent_encoded(trim(line));
}

Reached draw_reach_actions(Context& context, RecordRef record) {
    const FieldShown phone = first_link(context, record, {"MobilePhone", "Phone"}), mobile = first_link(context, record, {"MobilePhone"});
    const FieldShown email = first_link(context, record, {"Email"});
    const std::string map = map_address(place_of(context, record), context.touch);
    if (phone.link.empty() && email.link.empty() && map.empty()) return Reached::None;
    const std::string_view never_call = is_set(context, record, "DoNotCall") ? context.tr("ui.reach.do_not_call") : std::string_view();
    const std::string_view never_mail = is_set(context, record, "HasOptedOutOfEmail") ? context.tr("ui.reach.do_not_mail") : std::string_view();
    Reached reached = Reached::None;
    kit::Group group(context, Role::Group, context.tr("ui.reach.title"));
    kit::Row row(context, {.wrap = true});
    const auto draw_one = [&](std::string_view key, Icon icon, std::string_view label, const std::string& link, std::string_view shown, std::string_view never) {
        if (link.empty()) return false;
        const std::string_view told = never.empty() ? shown : never;
        const kit::ButtonOptions options{.kind = kit::ButtonKind::Subtle, .icon = icon, .disabled = !never.empty(), .small = !context.touch, .tooltip = told, .description = told};
        // A phone has room for the words of the two that are used most.
        const bool words = icon == Icon::Phone || icon == Icon::Mail;
        if (words ? !kit::button(context, key, context.tr(label), options) : !kit::compact_button(context, key, icon, context.tr(label), options)) return false;
        context.browser().open_address(link);
        return true;
    };
    if (draw_one("call", Icon::Phone, "ui.reach.call", phone.link, phone.text, never_call)) reached = Reached::Call;
    if (draw_one("mail", Icon::Mail, "ui.reach.email", email.link, email.text, never_mail)) reached = Reached::Email;
    const std::string sms = mobile.link.empty() ? std::string() : "sms:" + mobile.link.substr(4);
    draw_one("message", Icon::Message, "ui.reach.message", sms, mobile.text, never_call);
    draw_one("map", Icon::MapPin, "ui.reach.map", map, {}, {});
    return reached;
}

}  // namespace outpost
