// Picklists, multi-selects and lookups: a closed control and a popup with a list to search and choose from.
#include <algorithm>
#include <cmath>
#include <ranges>
#include <utility>

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "ui/kit/choice.h"
#include "ui/kit/internal.h"
#include "ui/kit/overlay.h"

namespace outpost::kit {
namespace {

// `left`: it closes, and what was chosen before stays.
struct ListAnswer { int chosen = -1; bool left = false; };

constexpr std::string_view new_record = "\1";   // the choice that makes one

constexpr float options_shown = 8.5f;   // the half one says that there are more
float option_height(Context& context) { return context.touch || is_phone_sheet(context) ? 48.0f : 32.0f; }
// Of a popup whose list alone scrolls: with a search field and a line of words above.
float list_height_max(Context& context) { return option_height(context) * options_shown + context.theme.control_height() + 48; }

// What an open list keeps from frame to frame: the active option (-1: none is marked) and what is typed. Named by the popup's
// id, since the popup is a window with ids of its own.
struct OpenList {
    Context& context;
    std::uint32_t id;
    explicit OpenList(Context& of_context) : context(of_context), id(id_of("popup")) {}
    std::int64_t& active() const { return context.kit().numbers[hash_id(id, 21)]; }
    std::string& needle() const { return context.kit().texts[hash_id(id, 22)]; }
    std::string& letters() const { return context.kit().texts[hash_id(id, 25)]; }   // with which it was opened
    void start(std::int64_t at, std::string_view typed = {}) const {
        active() = at;
        needle().clear();
        letters() = typed;
        context.kit().numbers[hash_id(id, 23)] = 1;
    }
    // The popup was there in the last frame and is not any more: Escape, or a press beside it. `opens`: it is opened anew.
    bool went(bool open, bool opens) const {
        std::int64_t& was = context.kit().numbers[hash_id(id, 24)];
        const bool gone = was != 0 && !open && !opens;
        was = open ? 1 : 0;
        return gone;
    }
    void chosen() const { context.kit().numbers.erase(hash_id(id, 24)); }
    bool just_opened() const { return context.kit().numbers.erase(hash_id(id, 23)) > 0; }
};

void draw_option(Context& context, const Rect& place, const Choice& choice, bool active, bool hovered, bool on, bool ticked, std::string_view needle) {
    const Palette& p = context.color();
    if (active || hovered) fill(context, place, active ? p.selected : p.hover, 5);   // Enter takes the active one, wherever the mouse rests
    Rect inner = place.inset(Insets::xy(10, 0));
    if (ticked) {
        const Rect box = inner.cut_left(16).centered(16, 16);
        if (on) { fill(context, box, p.accent, 4); draw_icon(context, Icon::Check, box.centered(12, 12), p.on_accent, 3.2f); }
        else stroke(context, box, p.field_border, 4, 1.5f);
        inner.cut_left(10);
    } else if (on) {
        draw_icon(context, Icon::Check, inner.cut_right(16), p.accent_text);
        inner.cut_right(6);
    }
    if (choice.color) {
        const Rect dot = inner.cut_left(10).centered(8, 8);
        fill(context, dot, Color::rgb(choice.color), 4);
        inner.cut_left(8);
    }
    if (choice.icon != Icon::None) { draw_icon(context, choice.icon, inner.cut_left(16), p.text_secondary); inner.cut_left(8); }
    if (!choice.detail.empty()) {
        const float beside = inner.width - text_width(context, choice.label, TextStyle::Body) - 8;   // a short name leaves it more than its half
        const float room = std::min(text_width(context, choice.detail, TextStyle::Caption) + 4, std::max(beside, inner.width * 0.5f));
        draw_line(context, inner.cut_right(room), choice.detail, TextStyle::Caption, p.text_secondary, Align::End);
        inner.cut_right(8);
    }
    draw_line(context, inner, choice.label, TextStyle::Body, choice.disabled ? p.text_disabled : p.text, Align::Start, needle);
    // A picklist's values are read whole, however narrow the column is that they open from.
    if (context.kit().popup_scopes.empty() || !choice.detail.empty() || choice.icon != Icon::None) return;
    float& wanted = remember(context, hash_id(context.kit().popup_scopes.back().id, 9)).a;
    wanted = std::max(wanted, place.width - inner.width + text_width(context, choice.label, TextStyle::Body) + (on || ticked ? 0.0f : 22.0f) + 2 * space::x1 + 1);
}

// A letter goes on to the next option that begins with it, as WAI-ARIA's listboxes do.
std::int64_t next_that_begins(std::span<const Choice> choices, const std::vector<int>& shown, std::int64_t active) {
    const auto count = static_cast<std::int64_t>(shown.size());
    for (const ImWchar letter : ImGui::GetIO().InputQueueCharacters) {
        if (letter <= ' ' || letter > 126) continue;
        const std::string typed = fold_search(std::string(1, static_cast<char>(letter)));
        for (std::int64_t step = 1; step <= count; ++step) {
            const std::int64_t at = (active + step) % count;
            if (fold_search(choices[static_cast<std::size_t>(shown[static_cast<std::size_t>(at)])].label).starts_with(typed)) return at;
        }
    }
    return active;
}

// In a grid's cell: the page goes on to the next one.
bool is_tab_down(Context& context) {
    const std::uint32_t at = context.kit().focused;
    return key_for(context, at, "Tab") || key_for(context, at, "Shift+Tab");
}

// The list part of the popup. `active` is moved by arrow keys of the search field `field_id`, or of the options. It begins with
// what is chosen; where nothing is, nothing is marked before a key or what is typed says what: Enter and Tab change nothing.
ListAnswer draw_options(const OpenList& open, std::span<const Choice> choices, const std::vector<int>& shown, std::uint32_t field_id,
                        const std::function<bool(const Choice&)>& is_on, bool ticked, std::string_view needle, bool committed) {
    Context& context = open.context;
    Kit& kit = context.kit();
    ListAnswer answer;
    std::int64_t& active = open.active();
    const auto count = static_cast<std::int64_t>(shown.size());
    const auto key = [&](std::string_view chord) { return field_id ? key_for(context, field_id, chord) : chord_down(chord, true); };
    const bool fresh = open.just_opened();
    const std::int64_t before = fresh ? -1 : active;
    if (fresh && active < 0 && !ticked)
        for (std::int64_t i = 0; i < count; ++i)
            if (is_on(choices[static_cast<std::size_t>(shown[static_cast<std::size_t>(i)])])) active = i;
    if (count > 0) {
        if (key("ArrowDown")) active = std::min(active + 1, count - 1);
        if (key("ArrowUp")) active = std::max<std::int64_t>(active - 1, 0);
        if (key("PageDown")) active = std::min(active + 8, count - 1);
        if (key("PageUp")) active = std::max<std::int64_t>(active - 8, 0);
        if (!field_id && !fresh) active = next_that_begins(choices, shown, std::clamp<std::int64_t>(active, 0, count - 1));
        active = std::clamp<std::int64_t>(active, -1, count - 1);
    }
    const std::int64_t stop = field_id ? active : std::max<std::int64_t>(active, 0);   // without a search an option has the focus
    const bool tab = (field_id || !is_typing(kit)) && is_tab_down(context), takes = tab ? !ticked : committed;
    answer.left = (tab && ticked) || (takes && active < 0 && count > 0);
    SemanticsNode list;
    const std::uint32_t list_id = list.id = id_of("list");
    list.role = Role::Listbox;
    list.name = context.tr("kit.choices");
    list.states = ticked ? semantics_state::multi_selectable : 0u;
    emit(context, std::move(list), available(context));
    push_parent(context, list_id);
    const float height = option_height(context);
    // The list scrolls by itself: what is above it stays.
    const ScrollArea area(context, "options", {.height = std::max(1.0f, std::min(static_cast<float>(count) * height, height * options_shown)), .gap = 0});
    std::uint32_t active_id = 0;
    for (std::int64_t i = 0; i < count; ++i) {
        const int index = shown[static_cast<std::size_t>(i)];
        const Choice& choice = choices[static_cast<std::size_t>(index)];
        IdScope scope(context, static_cast<std::uint64_t>(index) + 1);
        const Rect place = take(context, 0, height);
        const bool on = is_on(choice);
        const bool selected = field_id && !ticked ? i == active : on;   // what Enter would choose
        const std::uint32_t states = selected ? semantics_state::selected : 0u;
        const Hit h = hit(context, "option", place, {.role = Role::Option, .name = choice.label, .description = choice.detail, .states = states,
                                                     .disabled = choice.disabled, .focusable = field_id == 0 && i == stop, .focus_ring = false});
        if (i == active) active_id = h.id;
        if (active != before && i == active) {
            if (!field_id && !fresh) take_focus(context, h.id, true);
            if (!is_visible(context, place.inset({0, 2, 0, 2})) || place.bottom() > clip_rect(context).bottom() || place.y < clip_rect(context).y)
                ImGui::SetScrollFromPosY(place.y * context.scale - ImGui::GetWindowPos().y, 0.5f);
        }
        if (is_visible(context, place)) draw_option(context, place, choice, i == stop && (field_id || kit.focus_visible), h.hovered, on, ticked, needle);
        if (h.pressed || (takes && i == active && !choice.disabled)) answer.chosen = index;
    }
    pop_parent(context);
    const auto closed = std::ranges::find_if(context.semantics.nodes, [](const SemanticsNode& node) { return node.role == Role::Combobox && (node.states & semantics_state::expanded); });
    if (closed != context.semantics.nodes.end()) closed->controls = list_id;
    if (!field_id) return answer;
    tell_option(context, active_id);
    say_found(context, static_cast<std::size_t>(std::ranges::count_if(shown, [&](int index) { return choices[static_cast<std::size_t>(index)].value != new_record; })));
    return answer;
}

// What is typed on a closed list, which opens by it.
std::string typed_letters() {
    std::string typed;
    for (const ImWchar letter : ImGui::GetIO().InputQueueCharacters)
        if (letter > ' ' && letter != 127 && !ImGui::GetIO().KeyAlt) utf8::append(typed, letter);
    return typed;
}

// The closed control; whether it is to open, and by which letters.
struct Closed { bool pressed = false; Rect frame; std::uint32_t id = 0; std::string letters = {}; };

// `searched`: its open list has a field of its own, which then has the ring. `content` draws the value where words alone don't.
Closed draw_closed(Context& context, std::string_view label, std::string_view value, std::uint32_t dot, const FieldFrame& field,
                   const FieldOptions& options, bool open, bool searched, const std::function<void(Rect)>& content = {}) {
    namespace sem = semantics_state;
    const bool fixed = options.disabled || options.read_only;
    const std::uint32_t states = (open ? sem::expanded : sem::collapsed) | sem::has_popup | (options.required ? sem::required : 0u) |
                                 (options.error.empty() ? 0u : sem::invalid) | (options.read_only ? sem::read_only : 0u);
    const std::string help = field_description(options);
    if (options.focus && !options.plain) focus(context, id_of("closed"));   // in a cell its list opens
    const Hit h = hit(context, "closed", field.frame, {.role = Role::Combobox, .name = label, .value = value, .description = help,
                                                       .states = states, .disabled = fixed, .focus_ring = false});
    draw_field_frame(context, field.frame, options, h.hovered || open, (open && !searched) || (!open && h.focused && context.kit().focus_visible));
    const Palette& p = context.color();
    Rect inner = field.frame.inset(Insets::xy(10, 0));
    if (!fixed) draw_icon(context, Icon::ChevronDown, inner.cut_right(16), p.text_secondary);
    inner.cut_right(4);
    if (options.icon != Icon::None) { draw_icon(context, options.icon, inner.cut_left(16), p.text_secondary); inner.cut_left(6); }
    if (dot) { fill(context, inner.cut_left(8).centered(8, 8), Color::rgb(dot), 4); inner.cut_left(8); }
    const bool empty = value.empty();
    if (content && !empty) content(inner);
    else {
        const std::string_view words = empty ? options.placeholder : value;
        const bool fits = text_width(context, words, TextStyle::Field) <= inner.width;   // rather smaller than cut
        draw_line(context, inner, words, fits ? TextStyle::Field : TextStyle::Body, empty || fixed ? p.text_disabled : p.text, Align::Start);
    }
    Closed out{h.pressed, field.frame, h.id};
    if (fixed || !h.focused || open) return out;
    context.kit().typed_at = h.id;
    out.letters = typed_letters();
    out.pressed = out.pressed || !out.letters.empty() || key_pressed(context, h, "ArrowDown") || key_pressed(context, h, "ArrowUp");
    return out;
}

std::vector<int> filter_choices(std::span<const Choice> choices, std::string_view needle) {
    std::vector<int> shown;
    const std::string folded = fold_search(needle);
    for (std::size_t i = 0; i < choices.size(); ++i)
        if (folded.empty() || fold_search(choices[i].label).find(folded) != std::string::npos) shown.push_back(static_cast<int>(i));
    return shown;
}

// At a choice: the one that is chosen, or that the letters mean where there is no search for them.
void open_at(const OpenList& list, std::span<const Choice> choices, std::int64_t at, bool searchable, const std::string& letters) {
    if (!letters.empty() && !searchable) at = next_that_begins(choices, filter_choices(choices, {}), at);
    list.start(at, letters);
    open_popup(list.context, "popup");
}

Edited search_in_popup(const OpenList& open, std::string_view name) {
    Context& context = open.context;
    FieldOptions options;
    options.icon = Icon::Search;
    options.input = InputKind::Search;
    options.placeholder = context.tr("kit.type_to_search");
    const Rect place = take(context, 0, context.theme.control_height());
    SemanticsNode extra;
    extra.role = Role::SearchField;
    options.at = place;
    // Once it is the field that is typed into: before, the browser would mark what stands there, to be typed over.
    if (context.kit().dom_focus == id_of("needle") && !open.letters().empty()) open.needle() += std::exchange(open.letters(), {}), open.active() = 0;
    const Edited typed = edit_text(context, id_of("needle"), name, open.needle(), place, options, false, extra);
    if (typed.changed) open.active() = 0;
    return typed;
}

// Enter takes the marked option; of several values Tab takes none. A press on another one ends the typing as well, and means
// that other one.
bool is_entered(const Edited& typed) { return typed.committed && typed.focused; }

// The chosen values as pills, as many as fit; the rest as a number.
void draw_pills(Context& context, Rect inner, const std::vector<std::string>& words) {
    const Tint& tint = context.theme.tint(Tone::Neutral);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string more = "+" + std::to_string(words.size() - i);
        const float width = text_width(context, words[i], TextStyle::Dense) + 14, rest = i + 1 < words.size() ? 32.0f : 0.0f;
        if (i > 0 && width + rest > inner.width) return draw_text(context, inner, more, TextStyle::Dense, context.color().text_secondary);
        const Rect pill = inner.cut_left(std::min(width, inner.width)).centered(std::min(width, inner.width), 20);
        fill(context, pill, tint.background, 5);
        draw_line(context, pill.inset(Insets::xy(7, 0)), words[i], TextStyle::Dense, tint.text, Align::Start);
        inner.cut_left(4);
    }
}

const Choice* find_choice(std::span<const Choice> choices, std::string_view value) {
    for (const Choice& choice : choices)
        if (choice.value == value) return &choice;
    return nullptr;
}

}  // namespace

void tell_option(Context& context, std::uint32_t option) {
    namespace sem = semantics_state;
    std::uint32_t list = 0;
    bool any = false;
    for (SemanticsNode& node : context.semantics.nodes | std::views::reverse) {
        if (node.role == Role::Listbox) list = node.id;
        any = any || node.role == Role::Option;
        if (node.input != InputKind::Search) continue;
        node.states = (node.states & ~(sem::expanded | sem::collapsed)) | (any ? sem::expanded : sem::collapsed);
        node.controls = any ? list : 0;
        node.active = option;
        return;
    }
}

void say_found(Context& context, std::size_t count) {
    for (const SemanticsNode& node : context.semantics.nodes | std::views::reverse) {
        if (node.input != InputKind::Search) continue;
        const std::string words = node.value.empty() ? std::string() : count == 0 ? std::string(context.tr("kit.no_matches")) : context.count_text("kit.found", count);
        return say_at_rest(context, node.value, words);
    }
}

void open_choice_list(Context& context, std::int64_t at) {
    OpenList(context).start(at);
    open_popup(context, "popup");
}

int draw_choice_list(Context& context, const Rect& anchor, std::string_view name, std::span<const Choice> choices, std::string_view value) {
    const OpenList list(context);
    if (!begin_popup(context, "popup", anchor, {.name = name, .width_min = 120, .height_max = 300, .padding = Insets::all(space::x1), .gap = 0})) return -1;
    const std::vector<int> shown = filter_choices(choices, {});
    const int chosen = draw_options(list, choices, shown, 0, [&](const Choice& c) { return c.value == value; }, false, {}, false).chosen;
    if (chosen >= 0) close_popup(context);
    end_popup(context);
    return chosen;
}

Edited picklist(Context& context, std::string_view key, std::string_view label, std::span<const Choice> choices,
                std::string& value, PicklistOptions options) {
    IdScope scope(context, key);
    Edited out;
    const Choice* chosen = find_choice(choices, value);   // "" may be a choice of its own: "as the browser"
    const std::string shown_value = chosen ? chosen->label : value;
    const FieldFrame field = begin_field(context, label, options.field, context.theme.control_height());
    const bool open = is_popup_open(context, "popup");
    const OpenList list(context);
    const bool gone = list.went(open, options.open);
    const bool searchable = options.searchable || choices.size() >= 8;
    const Closed closed = draw_closed(context, label, shown_value, chosen ? chosen->color : 0, field, options.field, open, searchable);
    const bool with_none = options.allow_none && !options.field.required && !find_choice(choices, "");
    std::vector<Choice> all;
    if (with_none) all.push_back({"", std::string(context.tr("kit.none"))});
    if (open || closed.pressed || options.open) all.insert(all.end(), choices.begin(), choices.end());
    if ((closed.pressed || options.open) && !open) {
        std::int64_t at = -1;
        for (std::size_t i = 0; i < all.size(); ++i) if (all[i].value == value) at = static_cast<std::int64_t>(i);
        open_at(list, all, at, searchable, closed.letters);
    }
    if (begin_popup(context, "popup", field.frame, {.name = label, .width_min = 160, .height_max = list_height_max(context), .padding = Insets::all(space::x1), .gap = 0})) {
        bool committed = false;
        std::uint32_t field_id = 0;
        if (searchable) {
            committed = is_entered(search_in_popup(list, label));
            field_id = id_of("needle");
            gap(context, 4);
        }
        const std::vector<int> shown = filter_choices(all, list.needle());
        const ListAnswer answer = draw_options(list, all, shown, field_id, [&](const Choice& c) { return c.value == value; }, false, list.needle(), committed);
        if (shown.empty()) text(context, context.tr("kit.no_matches"), {.style = TextStyle::Dense, .ink = Ink::Secondary});
        if (answer.chosen >= 0) {
            const std::string& picked = all[static_cast<std::size_t>(answer.chosen)].value;
            out.changed = picked != value;
            value = picked;
        }
        if (answer.chosen >= 0 || answer.left) {
            out.committed = true;
            list.chosen();
            close_popup(context);
        }
        end_popup(context);
    }
    out.cancelled = gone;
    out.focused = open || has_focus(context, closed.id);
    end_field(context, field, options.field);
    return out;
}

Edited multi_select(Context& context, std::string_view key, std::string_view label, std::span<const Choice> choices,
                    std::vector<std::string>& values, PicklistOptions options) {
    IdScope scope(context, key);
    Edited out;
    std::string shown_value;
    std::vector<std::string> words;
    for (const std::string& one : values) {
        const Choice* choice = find_choice(choices, one);
        words.push_back(choice ? choice->label : one);
        if (!shown_value.empty()) shown_value += context.tr("ui.list.separator");
        shown_value += words.back();
    }
    const FieldFrame field = begin_field(context, label, options.field, context.theme.control_height());
    const bool open = is_popup_open(context, "popup");
    const OpenList list(context);
    const bool gone = list.went(open, options.open);
    const bool searchable = choices.size() >= 8;
    const Closed closed = draw_closed(context, label, shown_value, 0, field, options.field, open, searchable, [&](Rect inner) { draw_pills(context, inner, words); });
    if ((closed.pressed || options.open) && !open) open_at(list, choices, 0, searchable, closed.letters);
    if (begin_popup(context, "popup", field.frame, {.name = label, .width_min = 180, .height_max = list_height_max(context), .padding = Insets::all(space::x1), .gap = 0})) {
        bool committed = false;
        std::uint32_t field_id = 0;
        if (searchable) {
            committed = is_entered(search_in_popup(list, label));
            field_id = id_of("needle");
            gap(context, 4);
        }
        const auto is_on = [&](const Choice& c) { return std::find(values.begin(), values.end(), c.value) != values.end(); };
        const std::vector<int> shown = filter_choices(choices, list.needle());
        const ListAnswer answer = draw_options(list, choices, shown, field_id, is_on, true, list.needle(), committed);
        if (shown.empty()) text(context, context.tr("kit.no_matches"), {.style = TextStyle::Dense, .ink = Ink::Secondary});
        if (answer.chosen >= 0) {
            const Choice& picked = choices[static_cast<std::size_t>(answer.chosen)];
            if (is_on(picked)) std::erase(values, picked.value);
            else values.push_back(picked.value);
            out.changed = true;
        }
        if (answer.left) {
            out.committed = true;
            list.chosen();
            close_popup(context);
        }
        end_popup(context);
    }
    out.committed = out.committed || gone;
    out.focused = open || has_focus(context, closed.id);
    end_field(context, field, options.field);
    return out;
}

namespace {

// The popup of a lookup: search field, found records, "none" and "new".
void draw_lookup_popup(const OpenList& list, std::string_view label, std::string& value,
                       const std::function<std::vector<Choice>(std::string_view)>& search, const LookupOptions& options, LookupEdited& out) {
    Context& context = list.context;
    const Edited typed = search_in_popup(list, label);
    const std::string needle = list.needle();
    gap(context, 4);
    std::vector<Choice> found = search(needle);
    // What it points to is among them, to be marked.
    if (needle.empty() && !value.empty() && !find_choice(found, value)) found.insert(found.begin(), {value, std::string(options.shown)});
    const std::size_t records = found.size();
    if (options.allow_none && !options.field.required && !value.empty() && needle.empty())
        found.insert(found.begin(), {"", std::string(context.tr("kit.none"))});
    if (options.allow_new) {
        const std::string words = needle.empty() ? std::string(options.new_label) : context.tr("kit.new_named", {options.new_label, needle});
        found.push_back({std::string(new_record), words, {}, 0, Icon::Plus});
    }
    std::vector<int> shown(found.size());
    for (std::size_t i = 0; i < shown.size(); ++i) shown[i] = static_cast<int>(i);
    if (records == 0) text(context, context.tr("kit.no_matches"), {.style = TextStyle::Dense, .ink = Ink::Secondary});
    const ListAnswer answer = draw_options(list, found, shown, id_of("needle"), [&](const Choice& c) { return !c.value.empty() && c.value == value; },
                                           false, needle, is_entered(typed));
    if (answer.chosen < 0 && !answer.left) return;
    if (answer.chosen < 0) {
        out.committed = true;
    } else if (const Choice& picked = found[static_cast<std::size_t>(answer.chosen)]; picked.value == new_record) {
        out.wants_new = true;
        out.typed = needle;
    } else {
        out.changed = picked.value != value;
        out.committed = true;
        out.chosen_label = picked.value.empty() ? std::string() : picked.label;
        value = picked.value;
    }
    list.chosen();
    close_popup(context);
}

}  // namespace

LookupEdited lookup_field(Context& context, std::string_view key, std::string_view label, std::string& value,
                          const std::function<std::vector<Choice>(std::string_view typed)>& search, LookupOptions options) {
    IdScope scope(context, key);
    LookupEdited out;
    const FieldFrame field = begin_field(context, label, options.field, context.theme.control_height());
    const bool open = is_popup_open(context, "popup");
    const OpenList list(context);
    const bool gone = list.went(open, options.open);
    if (options.field.icon == Icon::None) options.field.icon = Icon::Search;
    const Closed closed = draw_closed(context, label, options.shown, 0, field, options.field, open, true);
    if ((closed.pressed || options.open) && !open) open_at(list, {}, -1, true, closed.letters);
    if (begin_popup(context, "popup", field.frame, {.name = label, .width_min = 280, .height_max = list_height_max(context), .padding = Insets::all(space::x1), .gap = 0})) {
        draw_lookup_popup(list, label, value, search, options, out);
        end_popup(context);
    }
    out.cancelled = gone;
    out.focused = open || has_focus(context, closed.id);
    end_field(context, field, options.field);
    return out;
}

}  // namespace outpost::kit
