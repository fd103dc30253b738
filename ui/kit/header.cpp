// Page headers, toolbars, section headers and the path of stages.
#include <cmath>
#include <utility>

#include "ui/kit/display.h"
#include "ui/kit/internal.h"
#include "ui/kit/overlay.h"

namespace outpost::kit {
namespace {

float side_padding(const Context& context) { return context.is_phone() ? space::x4 : space::x6; }

Layout right_row(Context& context, const Rect& place) {
    Layout layout;
    layout.kind = LayoutKind::Row;
    layout.id = hash_id(next_id(context), window_id());
    layout.detached = true;
    layout.gap = layout.row_gap = space::x2;
    layout.area = place;
    layout.align = Align::Center;
    layout.line_assumed = place.height;
    layout.bottom_limit = place.bottom();
    const Memory& memory = remember(context, hash_id(layout.id, 2));
    layout.after_width = memory.a;
    return layout;
}

// Opens a row whose things stand at the right end of its place.
void begin_right(Context& context, Layout layout) {
    push_layout(context, std::move(layout));
    Layout& own = current(context);
    own.spaced = true;
    own.x = own.after_start = own.used_right = std::max(own.area.x, own.area.right() - own.after_width);
    own.after_spare = own.after_start - own.area.x;   // a title gives way to buttons
}

void end_right(Context& context) {
    Layout& layout = current(context);
    store_measure(context, hash_id(layout.id, 2), std::max(0.0f, layout.used_right - layout.after_start), 0);
    pop_layout(context);
}

constexpr int rest_milliseconds = 500;

}  // namespace

void say_at_rest(Context& context, std::string asked, std::string_view words) {
    Kit& kit = context.kit();
    const std::uint32_t id = id_of("said");
    const auto before = kit.texts.try_emplace(id, asked).first;
    std::int64_t& due = kit.numbers[id];
    if (before->second != asked) {
        before->second = std::move(asked);
        due = context.frame_milliseconds + rest_milliseconds;
    }
    std::string& said = kit.texts[hash_id(id, 1)];
    if (due > context.frame_milliseconds) return context.request_frame_after(static_cast<int>(due - context.frame_milliseconds));
    if (std::exchange(due, 0) != 0 && said != words && !words.empty()) context.announce(words);
    said = words;
}

PageHeader::PageHeader(Context& context, std::string_view title, PageHeaderOptions options) : context_(context) {
    // Its count or period is said when its address asks for something else: a filter, another week.
    Route route = context.route();
    say_at_rest(context, route.set("dialog", {}).to_text(), options.subtitle);
    // Inside of a padded page body the header needs no side padding and no line of its own.
    const bool inside = !context.kit().scrolls.empty() && context.kit().scrolls.back().padding.left > 0;
    const float side = inside ? 0 : side_padding(context);
    const bool phone = context.is_phone();
    const bool crumbs = !options.crumbs.empty() && !phone;
    const bool subtitle = !options.subtitle.empty();
    const float line = phone ? 44.0f : std::max(36.0f, context.theme.control_height());   // title and buttons on one line
    Layout buttons = right_row(context, {});
    // On a phone the title stands in the top bar: with nothing else to show there is no header.
    const bool nothing = phone && !subtitle && buttons.after_width <= 0;
    const float height = nothing ? 1.0f : (crumbs ? 24.0f : 0.0f) + line + (subtitle && !phone ? 20.0f : 0.0f) + (phone ? 12.0f : options.divider ? 28.0f : 20.0f);
    Rect place = take(context, 0, height);
    if (options.divider && !inside && !nothing) kit::line(context, {place.x, place.bottom() - 1}, {place.right(), place.bottom() - 1}, context.color().border);
    Rect inner = place.inset({side, phone ? 6.0f : 14.0f, side, phone ? 6.0f : options.divider ? 14.0f : 6.0f});
    if (crumbs) {
        Row row(context, inner.cut_top(20), {.gap = 4});
        inner.cut_top(4);
        breadcrumbs(context, options.crumbs);
    }
    Rect bar = inner;
    buttons.area = bar;
    buttons.line_assumed = bar.height;
    buttons.bottom_limit = bar.bottom();
    const float taken = buttons.after_width > 0 ? buttons.after_width + (phone ? space::x2 : space::x3) : 0;
    Rect words = bar;
    words.cut_right(taken);
    if (options.icon != Icon::None && !phone) {
        const Rect box = words.cut_left(36).centered(36, 36);
        const Tint& tint = context.theme.tint(Tone::Accent);
        fill(context, box, tint.background, radius::card);
        draw_icon(context, options.icon, box.centered(20, 20), tint.text);
        words.cut_left(12);
    }
    if (phone) {
        if (options.beside) *options.beside = words;
        else if (subtitle && words.width >= std::min(64.0f, text_width(context, options.subtitle, TextStyle::Dense))) {   // in two lines, where it is a sentence
            const float tall = std::min(words.height, text_height(context, options.subtitle, TextStyle::Dense, words.width));
            text(context, options.subtitle, {.style = TextStyle::Dense, .ink = Ink::Secondary, .wrap = true, .lines_max = 2, .at = words.centered(words.width, tall)});
        }
    } else {
        const float total = subtitle ? 28.0f + 20.0f : 28.0f;
        Rect pair = words.centered(words.width, total);
        Rect first = pair.cut_top(28);
        if (options.beside) {
            const Rect named = first.cut_left(std::min(first.width, text_width(context, title, TextStyle::Title) + 2));
            first.cut_left(space::x2);
            *options.beside = first;
            first = named;
        }
        heading(context, 1, title, {.style = TextStyle::Title, .at = first});
        if (subtitle) text(context, options.subtitle, {.style = TextStyle::Dense, .ink = Ink::Secondary, .at = pair});
    }
    begin_right(context, std::move(buttons));
}
PageHeader::~PageHeader() { end_right(context_); }

void breadcrumbs(Context& context, std::span<const Crumb> crumbs) {
    Group group(context, Role::Navigation, context.tr("kit.breadcrumbs"));
    bool first = true;
    std::uint64_t index = 0;
    for (const Crumb& crumb : crumbs) {
        if (!first) icon(context, Icon::ChevronRight, Ink::Disabled, 12);
        first = false;
        IdScope scope(context, index++);
        if (crumb.address.empty()) text(context, crumb.label, {.style = TextStyle::Dense, .ink = Ink::Secondary});
        else {
            const Rect place = take(context, std::min(text_width(context, crumb.label, TextStyle::Dense), room_to_grow(context)), 18);
            link(context, "crumb", crumb.label, crumb.address, {.style = TextStyle::Dense, .quiet = true, .at = context.touch ? place.inset(Insets::xy(0, -11)) : place});
        }
    }
}

Toolbar::Toolbar(Context& context, std::string_view name) : context_(context) {
    const float side = side_padding(context), height = context.theme.control_height() + 20;
    const Rect place = take(context, 0, height);
    line(context, {place.x, place.bottom() - 1}, {place.right(), place.bottom() - 1}, context.color().border);
    SemanticsNode node;
    node.id = next_id(context);
    node.role = Role::Toolbar;
    node.name = name;
    const std::uint32_t id = node.id;
    push_parent(context, emit(context, std::move(node), place) == SIZE_MAX ? context.kit().parents.back() : id);
    Layout layout = right_row(context, place.inset({side, 0, side, 1}));
    push_layout(context, std::move(layout));
}
Toolbar::~Toolbar() {
    Layout& layout = current(context_);
    const float after = layout.spaced ? std::max(0.0f, layout.used_right - layout.after_start) : 0;
    store_measure(context_, hash_id(layout.id, 2), after, 0);
    pop_layout(context_);
    pop_parent(context_);
}
void Toolbar::spacer() {
    Layout& layout = current(context_);
    if (layout.spaced) return;
    layout.spaced = true;
    const float least = layout.x + layout.gap;
    layout.x = layout.after_start = layout.used_right = std::max(least, layout.area.right() - layout.after_width);
    layout.after_spare = layout.after_start - least;
    layout.first = true;
}

SectionHeader::SectionHeader(Context& context, std::string_view title, int count) : context_(context) {
    const float height = context.theme.control_height();
    Rect place = take(context, 0, height);
    Layout buttons = right_row(context, place);
    place.cut_right(buttons.after_width > 0 ? buttons.after_width + space::x2 : 0);
    const std::string number = count >= 0 ? std::to_string(count) : std::string();
    const float chip_width = number.empty() ? 0 : text_width(context, number, TextStyle::Caption) + 12;
    const float words = std::min(text_width(context, title, TextStyle::Subtitle) + 1, place.width - (number.empty() ? 0 : chip_width + 8));
    heading(context, 2, title, {.style = TextStyle::Subtitle, .at = place.cut_left(std::max(24.0f, words))});
    if (!number.empty()) {
        place.cut_left(8);
        const Rect chip = Rect{place.x, place.y, chip_width, place.height}.centered(chip_width, 18);
        fill(context, chip, context.color().neutral.background, 9);
        draw_line(context, chip, number, TextStyle::Caption, context.color().neutral.text, Align::Center);
        emit_text(context, number, chip);
    }
    begin_right(context, std::move(buttons));
}
SectionHeader::~SectionHeader() { end_right(context_); }

// --- the path

namespace {

constexpr float tip_share = 0.32f;   // how far a chevron's point reaches, of its height

void chevron(Context& context, const Rect& place, Color color, bool first, bool last) {
    const float s = context.scale, tip = place.height * tip_share;
    const ImVec2 a{place.x * s, place.y * s}, b{place.right() * s, place.bottom() * s};
    const float middle = (a.y + b.y) / 2, dx = tip * s;
    ImDrawList& list = draw_list();
    const float round = px(context, radius::control);
    if (first) {
        list.PathArcTo({a.x + round, b.y - round}, round, 1.5708f, 3.1416f, 8);
        list.PathArcTo({a.x + round, a.y + round}, round, 3.1416f, 4.7124f, 8);
    } else {
        list.PathLineTo({a.x, b.y});
        list.PathLineTo({a.x + dx, middle});
        list.PathLineTo({a.x, a.y});
    }
    if (last) {
        list.PathArcTo({b.x - round, a.y + round}, round, 4.7124f, 6.2832f, 8);
        list.PathArcTo({b.x - round, b.y - round}, round, 0, 1.5708f, 8);
    } else {
        list.PathLineTo({b.x, a.y});
        list.PathLineTo({b.x + dx, middle});
        list.PathLineTo({b.x, b.y});
    }
    list.PathFillConcave(color32(color));
}

constexpr float stage_short_max = 40;   // a stage of this width or less shows no name
constexpr float stage_gap = 3, stage_width_min = 24 - stage_gap;   // from one to the next at least 24 px, as WCAG 2.2 asks of targets
constexpr int stage_rows_max = 3;
constexpr float stage_mark_min = 25;   // for a finger's height: the last one's notch lies within its round end

float stage_width(Context& context, const PathStage& stage, bool now) {
    return std::max(stage_short_max + 1, std::ceil(text_width(context, stage.label, now ? TextStyle::DenseStrong : TextStyle::Dense)) + 28);
}

// How many stages stand in a row, so that the current one can show its name: all of them where that fits.
int stages_per_row(Context& context, std::span<const PathStage> stages, int current_stage, float room) {
    const int count = static_cast<int>(stages.size());
    const float name = stage_width(context, stages[static_cast<std::size_t>(std::clamp(current_stage, 0, count - 1))], true);
    for (int rows = 1;; ++rows) {
        const int in_row = (count + rows - 1) / rows;
        if (rows == stage_rows_max || name + static_cast<float>(in_row - 1) * (stage_width_min + stage_gap) <= room) return in_row;
    }
}

// Each stage of a row as wide as its name needs. Where that is too much, stages fall back to a mark, those least worth a name
// first: done ones from the beginning, then those ahead from far to near; the end and the current one go last.
std::vector<float> stage_widths(Context& context, std::span<const PathStage> stages, int current_stage, float room) {
    const int count = static_cast<int>(stages.size());
    const int now = std::clamp(current_stage, 0, count - 1);
    room -= stage_gap * static_cast<float>(count - 1);
    std::vector<float> widths;
    float total = 0;
    for (int i = 0; i < count; ++i) {
        widths.push_back(stage_width(context, stages[static_cast<std::size_t>(i)], i == current_stage));
        total += widths.back();
    }
    const float others = static_cast<float>(std::max(1, count - 1));
    const float small = std::clamp((room - widths[static_cast<std::size_t>(now)]) / others, stage_width_min, 34.0f);
    std::vector<int> order;
    for (int i = 0; i < now; ++i) order.push_back(i);
    for (int i = count - 2; i > now; --i) order.push_back(i);
    if (now != count - 1) order.push_back(count - 1);
    int named = count;
    for (const int i : order) {
        if (total <= room) break;
        float& width = widths[static_cast<std::size_t>(i)];
        total -= width - small;
        width = small;
        --named;
    }
    float spare = room - total;
    for (float& width : widths) {   // the last one takes what rounding left
        if (width <= stage_short_max) continue;
        const float before = width;
        width = std::max(stage_short_max + 1, std::floor(width + spare / static_cast<float>(std::max(1, named--))));
        spare -= width - before;
    }
    return widths;
}

// Where a stage stands: its place among all, how far from the current one (0: it is the current one), and at the ends of its row.
struct StagePlace {
    Rect cell;
    int index, from_current;
    bool first, last;
};

void paint_stage(Context& context, const PathStage& stage, const StagePlace& at, bool named, bool hovered) {
    const Palette& p = context.color();
    const bool now = at.from_current == 0, done = at.from_current < 0;
    const Tint& tint = context.theme.tint(stage.tone);
    Color back = now ? stage.tone == Tone::Accent ? p.accent : tint.solid : done ? tint.background : p.neutral.background;
    if (hovered && !now) back = mix(back, p.text, 0.08f);
    chevron(context, at.cell, back, at.first, at.last);
    const Color ink = now ? stage.tone == Tone::Accent ? p.on_accent : readable_on(tint.solid) : done ? tint.text : p.neutral.text;
    const Rect words = at.cell.inset({at.first ? 6.0f : 12.0f, 0, 4, 0});
    if (named) draw_line(context, words, stage.label, now ? TextStyle::DenseStrong : TextStyle::Dense, ink, Align::Center);
    else if (done && at.cell.width >= 18) draw_icon(context, Icon::Check, words.centered(12, 12), ink, 2.4f);
    else if (!done && words.width >= 14) draw_line(context, words, std::to_string(at.index + 1), TextStyle::Caption, ink, Align::Center);
}

// Answers whether it was pressed.
bool draw_stage(Context& context, const PathStage& stage, const StagePlace& at, bool read_only) {
    const bool named = at.cell.width > stage_short_max;
    const Hit h = hit(context, "stage", at.cell, {.name = stage.label, .states = at.from_current == 0 ? semantics_state::current : 0u, .disabled = read_only});
    paint_stage(context, stage, at, named, h.hovered && !read_only);
    if (!named) request_tip(context, h.id, at.cell, stage.label, h.hovered);
    return h.pressed;
}

// For a finger, where the names don't all fit: the marks show how far it is, and a menu names every stage.
int path_menu(Context& context, std::string_view name, std::span<const PathStage> stages, int current_stage, bool read_only) {
    const int count = static_cast<int>(stages.size()), now = std::clamp(current_stage, 0, count - 1);
    const Rect place = take(context, 0, 44);
    const Hit h = hit(context, "all", place, {.name = context.tr("kit.path_at", {name, stages[static_cast<std::size_t>(now)].label, std::to_string(now + 1), std::to_string(count)}), .states = read_only ? 0u : semantics_state::has_popup, .disabled = read_only});
    Rect strip = place;
    if (!read_only) draw_icon(context, Icon::ChevronDown, strip.cut_right(28).centered(16, 16), context.color().text_secondary);
    const float gaps = stage_gap * static_cast<float>(count - 1), others = static_cast<float>(count - 1);
    const float mark = count == 1 ? 0 : std::clamp((strip.width - gaps - 180) / others, 6.0f, 28.0f);
    const float last = now + 1 == count ? 0 : std::max(mark, strip.height * tip_share + radius::control + 4);   // its notch lies within its round end
    const float named = strip.width - gaps - (now + 1 == count ? mark * others : mark * (others - 1) + last);
    // Where there is room, others than the current one have names too, the next ones first.
    std::vector<float> widths;
    if (stage_width(context, stages[static_cast<std::size_t>(now)], true) + gaps + others * stage_mark_min <= strip.width) widths = stage_widths(context, stages, now, strip.width);
    for (int i = 0; i < count; ++i) {
        const Rect cell = strip.cut_left(!widths.empty() ? widths[static_cast<std::size_t>(i)] : i == now ? named : i + 1 == count ? last : mark);
        strip.cut_left(stage_gap);
        paint_stage(context, stages[static_cast<std::size_t>(i)], {cell, i, i - now, i == 0, i + 1 == count}, i == now || cell.width > stage_short_max, h.hovered);
    }
    if (h.pressed) open_popup(context, "menu");
    int pressed = -1;
    if (!begin_menu(context, "menu", place, name)) return pressed;
    for (int i = 0; i < count; ++i) {
        IdScope each(context, static_cast<std::uint64_t>(i));
        if (menu_item(context, "stage", stages[static_cast<std::size_t>(i)].label, {.checked = i == current_stage}) && i != current_stage) pressed = i;
    }
    end_menu(context);
    return pressed;
}

bool all_named(Context& context, std::span<const PathStage> stages, int current_stage, float room) {
    float total = stage_gap * static_cast<float>(stages.size() - 1);
    for (std::size_t i = 0; i < stages.size(); ++i) total += stage_width(context, stages[i], static_cast<int>(i) == current_stage);
    return total <= room;
}

}  // namespace

int path(Context& context, std::string_view key, std::string_view name, std::span<const PathStage> stages, int current_stage, bool read_only) {
    IdScope scope(context, key);
    const int count = static_cast<int>(stages.size());
    if (count == 0) return -1;
    const float height = context.touch ? 40.0f : 32.0f;
    const float room = available(context).width;
    if (context.touch && !all_named(context, stages, current_stage, room)) return path_menu(context, name, stages, current_stage, read_only);
    const int in_row = stages_per_row(context, stages, current_stage, room), rows = (count + in_row - 1) / in_row;
    const Rect place = take(context, 0, height * static_cast<float>(rows) + stage_gap * static_cast<float>(rows - 1));
    SemanticsNode node;
    node.id = id_of("path");
    node.role = Role::Group;
    node.name = name;
    emit(context, std::move(node), place);
    push_parent(context, id_of("path"));
    int pressed = -1;
    for (int begin = 0; begin < count; begin += in_row) {
        const int length = std::min(in_row, count - begin);
        const std::vector<float> widths = stage_widths(context, stages.subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(length)), current_stage - begin, room);
        Rect cell{place.x, place.y + (height + stage_gap) * static_cast<float>(begin / in_row), 0, height};
        for (int at = 0; at < length; ++at) {
            const int i = begin + at;
            IdScope each(context, static_cast<std::uint64_t>(i));
            cell.width = widths[static_cast<std::size_t>(at)];
            if (draw_stage(context, stages[static_cast<std::size_t>(i)], {cell, i, i - current_stage, at == 0, at + 1 == length}, read_only)) pressed = i;
            cell.x += cell.width + stage_gap;
        }
    }
    pop_parent(context);
    return pressed;
}

}  // namespace outpost::kit
