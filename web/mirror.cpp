#include "web/mirror.h"

#include <algorithm>
#include <cmath>

#include "web/mirror_attributes.h"
#include "web/page_calls.h"

namespace outpost {
namespace {

namespace state = semantics_state;

// Commands as web/mirror.js reads them.
enum Command : std::int32_t {
    command_create = 1, command_remove, command_box, command_text, command_attribute, command_look, command_value,
    command_focus, command_order, command_layer, command_clip, command_rename, command_findable,
};

std::int32_t sixteenths(float pixels) { return static_cast<std::int32_t>(std::lround(pixels * 16)); }
std::int32_t number(std::uint32_t id) { return static_cast<std::int32_t>(id); }
bool same(const Box& a, const Box& b) {
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

bool same_element(const SemanticsNode& a, const SemanticsNode& b) { return dom::tag_of(a) == dom::tag_of(b); }

bool same_node(const SemanticsNode& a, const SemanticsNode& b) {
    return a.id == b.id && a.parent == b.parent && a.layer == b.layer && a.states == b.states && same(a.box, b.box) &&
           same(a.clip, b.clip) && a.font_px == b.font_px && a.text_color == b.text_color &&
           a.text_align == b.text_align && dom::same_attributes(a, b);
}

constexpr double dot_px = 2;
constexpr double target_px = 24;   // css px: WCAG 2.2, 2.5.8 (target size, minimum)

// In one: what is said takes the place of what was said before.
void announce(const SemanticsFrame& frame) {
    std::string said;
    for (const std::string& text : frame.announcements) said += (said.empty() ? "" : "\n") + text;
    if (!said.empty()) outpost_js_announce(said.data(), length_of(said));
}

}  // namespace

std::int32_t Mirror::put_text(std::string_view text) {
    const auto offset = static_cast<std::int32_t>(strings_.size());
    strings_ += text;
    return offset;
}

bool Mirror::is_away(const SemanticsNode& node) const {
    const Box &box = node.box, &clip = node.clip;
    if (clip.width <= 0 || clip.height <= 0 || box.width <= 0 || box.height <= 0) return false;
    // A field that is being edited stays what it is wherever it goes.
    if (dom::is_field(node) && (node.states & semantics_state::focused)) return false;
    return box.x >= clip.x + clip.width || box.y >= clip.y + clip.height || box.x + box.width <= clip.x || box.y + box.height <= clip.y;
}

// Less is seen of it than a finger needs, though the whole is larger.
bool Mirror::is_sliver(const SemanticsNode& node, const Box& seen) const {
    const auto least = static_cast<float>(target_px / scale_);
    return !dom::is_field(node) && ((seen.width < least && seen.width < node.box.width - 1) || (seen.height < least && seen.height < node.box.height - 1));
}

Box Mirror::visible_box(const SemanticsNode& node) const {
    Box box = node.box;
    const bool away = dom::is_interactive(node.role) && is_away(node);
    if ((dom::is_field(node) && !away) || node.clip.width <= 0 || node.clip.height <= 0) return box;
    // Wholly outside: a dot at the edge that it left through, so that it can still be reached.
    if (away) {
        const auto dot = static_cast<float>(dot_px / scale_);
        const auto within = [&](float at, float from, float room) { return std::max(from, std::min(at, from + room - 2 * dot)); };
        return {within(box.x + box.width / 2, node.clip.x, node.clip.width), within(box.y, node.clip.y, node.clip.height), dot, dot};
    }
    const float right = std::min(box.x + box.width, node.clip.x + node.clip.width);
    const float bottom = std::min(box.y + box.height, node.clip.y + node.clip.height);
    box.x = std::min(std::max(box.x, node.clip.x), node.clip.x + node.clip.width);
    box.y = std::min(std::max(box.y, node.clip.y), node.clip.y + node.clip.height);
    box.width = std::max(1.0f, right - box.x);
    box.height = std::max(1.0f, bottom - box.y);
    return box;
}

void Mirror::rename(std::uint32_t from, std::uint32_t to) {
    put({command_rename, number(from), number(to)});
    const auto move = [&](auto& map) {
        if (auto entry = map.extract(from)) {
            entry.key() = to;
            map.insert(std::move(entry));
        }
    };
    orders_.erase(to);
    places_.erase(to);
    move(orders_);
    move(places_);
}

Mirror::Recycled Mirror::recycle(const std::vector<SemanticsNode>& next,
                                 const std::unordered_map<std::uint32_t, std::uint32_t>& index) const {
    // What leaves, by what it could become: the same kind of thing in the same column of the same parent.
    const auto kind_of = [](const SemanticsNode& node, std::uint32_t parent) {
        return static_cast<std::uint64_t>(parent) << 32 | static_cast<std::uint64_t>(node.role) << 24 |
               static_cast<std::uint64_t>(dom::tag_of(node)) << 16 | static_cast<std::uint64_t>(node.column_index & 0xFFFF);
    };
    std::unordered_map<std::uint64_t, std::deque<std::uint32_t>> leaving;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
        const SemanticsNode& old = nodes_[i];
        if (!index.contains(old.id) && !dom::is_field(old) && old.id != dom_focus_) leaving[kind_of(old, old.parent)].push_back(i);
    }
    Recycled out;
    if (leaving.empty()) return out;
    for (const SemanticsNode& node : next) {
        if (index_.contains(node.id) || dom::is_field(node)) continue;
        const auto parent = out.find(node.parent);
        if (parent == out.end() && !index_.contains(node.parent)) continue;
        const bool scrolled = node.role == Role::Row || parent != out.end() || (node.parent != 0 && next[index.at(node.parent)].scrolls);
        if (!scrolled) continue;  // elsewhere a new thing is a new element, for screen readers' sake
        const auto found = leaving.find(kind_of(node, parent == out.end() ? node.parent : nodes_[parent->second].id));
        if (found == leaving.end() || found->second.empty()) continue;
        out.emplace(node.id, found->second.front());
        found->second.pop_front();
    }
    return out;
}

void Mirror::create(const SemanticsNode& node) {
    put({command_create, number(node.id), dom::tag_of(node)});
    orders_.erase(node.id);
    orders_.erase(node.parent);  // also where the same id was before, as another kind of element
    if (dom::is_field(node)) fields_[node.id] = {};
}

void Mirror::update_box(const SemanticsNode& node, const SemanticsNode* before) {
    const Box box = visible_box(node);
    const Place parent = places_[node.parent];
    places_[node.id] = {box.x, box.y};
    put({command_box, number(node.id), sixteenths(box.x - parent.x), sixteenths(box.y - parent.y),
         sixteenths(box.width), sixteenths(box.height),
         !dom::is_interactive(node.role) ? 0 : is_away(node) ? 2 : is_sliver(node, box) ? 1 : 0});
    if (!before || before->layer != node.layer) {
        const int above = dom::is_interactive(node.role) ? 1 : 0;  // a button's caption never lies over the button
        put({command_layer, number(node.id), node.layer * 2 + above});
    }
    if (!dom::is_field(node)) return;
    const float left = node.clip.x - node.box.x, top = node.clip.y - node.box.y;
    const float right = node.box.x + node.box.width - node.clip.x - node.clip.width;
    const float bottom = node.box.y + node.box.height - node.clip.y - node.clip.height;
    const bool clipped = node.clip.width > 0 && !is_away(node) && (left > 0 || top > 0 || right > 0 || bottom > 0);
    const auto inset = [](float value) { return sixteenths(std::max(0.0f, value)); };
    if (clipped) put({command_clip, number(node.id), inset(top), inset(right), inset(bottom), inset(left)});
    else put({command_clip, number(node.id), -1, 0, 0, 0});
}

void Mirror::update_field(const SemanticsNode& node, const SemanticsNode* before) {
    if (!before || before->font_px != node.font_px || before->text_color != node.text_color ||
        before->text_align != node.text_align)
        put({command_look, number(node.id), sixteenths(std::round(node.font_px * 0.8f)), static_cast<std::int32_t>(node.text_color),
             node.text_align, sixteenths(padding_x_), sixteenths(padding_y_), sixteenths(node.font_px)});

    Field& field = fields_[node.id];
    if (dom_focus_ != node.id) {
        field.reported.clear();
        if (field.dom_value != node.value || !before) {
            field.dom_value = node.value;
            put({command_value, number(node.id), put_text(node.value), length_of(node.value)});
        }
    } else {
        const auto seen = std::find(field.reported.begin(), field.reported.end(), node.value);
        if (seen != field.reported.end()) {
            field.reported.erase(field.reported.begin(), seen + 1);  // the app's echo of what was typed
        } else if (node.value != field.app_value && node.value != field.dom_value) {
            field.dom_value = node.value;  // the app put another value there: a suggestion was picked, a form cleared
            field.reported.clear();
            put({command_value, number(node.id), put_text(node.value), length_of(node.value)});
        }
    }
    field.app_value = node.value;
}

void Mirror::update(const SemanticsNode& node, const SemanticsNode* before, bool had_children, bool has_children) {
    if (before && had_children == has_children && dom::same_attributes(*before, node)) return;
    const dom::Attributes now = dom::attributes_of(node, has_children);
    const dom::Attributes then = before ? dom::attributes_of(*before, had_children) : dom::Attributes{};
    for (std::size_t i = 0; i < dom::attribute_count; ++i) {
        if (now[i] == then[i]) continue;
        const auto name = static_cast<std::int32_t>(i);
        if (now[i]) put({command_attribute, number(node.id), name, put_text(*now[i]), length_of(*now[i])});
        else put({command_attribute, number(node.id), name, 0, -1});
    }
    const std::string text = dom::content_of(node, has_children);
    if (text != (before ? dom::content_of(*before, had_children) : std::string()))
        put({command_text, number(node.id), put_text(text), length_of(text)});
}

void Mirror::update_order(const std::vector<SemanticsNode>& nodes) {
    std::unordered_map<std::uint32_t, std::vector<std::int32_t>> children;
    std::vector<std::uint32_t> parents;   // those above first: what is moved into one is moved within the document
    for (const SemanticsNode& node : nodes) {
        std::vector<std::int32_t>& ids = children[node.parent];
        if (ids.empty()) parents.push_back(node.parent);
        ids.push_back(number(node.id));
    }
    for (const std::uint32_t parent : parents) {
        const std::vector<std::int32_t>& ids = children[parent];
        std::uint64_t hash = 0xCBF29CE484222325u;
        for (const std::int32_t id : ids) hash = (hash ^ static_cast<std::uint32_t>(id)) * 0x100000001B3u;
        std::uint64_t& known = orders_[parent];
        if (known == hash) continue;
        known = hash;
        put({command_order, number(parent), static_cast<std::int32_t>(ids.size())});
        commands_.insert(commands_.end(), ids.begin(), ids.end());
    }
}

void Mirror::update_focus(const SemanticsFrame& frame) {
    std::uint32_t focused = 0, wanted = 0;
    editing_ = false;
    for (const SemanticsNode& node : frame.nodes) {
        if ((node.states & state::focused) && (node.states & state::focusable)) focused = node.id;   // a cell that is just edited takes it later
        if (node.states & state::wants_focus) wanted = node.id;
        if (node.id == dom_focus_ && dom::is_field(node)) editing_ = true;
    }
    // Only a change of the app's own focus moves the DOM's: otherwise the two would pull at each other.
    std::uint32_t target = 0;
    if (wanted && wanted != wanted_focus_) target = wanted;
    else if (focused && focused != app_focus_) target = focused;
    app_focus_ = focused;
    wanted_focus_ = wanted;
    if (target && target != dom_focus_) {
        put({command_focus, number(target), target == wanted ? 1 : 0});   // 0: given back to it, of which the app hears
        dom_focus_ = target;
        editing_ = is_field(target);
    }
}

Mirror::Next Mirror::take(const SemanticsFrame& frame) const {
    Next next;
    next.nodes.reserve(frame.nodes.size());
    for (const SemanticsNode& node : frame.nodes) {
        // One node an id: a second one with the same id would be two widgets in one element.
        if (node.id == 0 || !next.index.try_emplace(node.id, static_cast<std::uint32_t>(next.nodes.size())).second) continue;
        next.nodes.push_back(node);
        if (!next.index.contains(node.parent)) next.nodes.back().parent = 0;
        const std::uint32_t parent = next.nodes.back().parent;
        if (parent) next.parents[parent] = true;
        // An item needs a list around it; alone it is a group.
        if (node.role == Role::ListItem && (!parent || next.nodes[next.index[parent]].role != Role::List))
            next.nodes.back().role = Role::Group;
    }
    next.recycled = recycle(next.nodes, next.index);
    for (const auto& [id, place] : next.recycled) next.renamed.emplace(nodes_[place].id, id);
    return next;
}

const SemanticsNode* Mirror::before_of(const Next& next, const SemanticsNode& node) const {
    if (const auto taken = next.recycled.find(node.id); taken != next.recycled.end()) return &nodes_[taken->second];
    const auto found = index_.find(node.id);
    if (found == index_.end()) return nullptr;
    const SemanticsNode& before = nodes_[found->second];
    return same_element(before, node) ? &before : nullptr;
}

void Mirror::replace_elements(const Next& next) {
    for (const SemanticsNode& old : nodes_) {
        const auto found = next.index.find(old.id);
        if (found != next.index.end() && same_element(old, next.nodes[found->second])) continue;
        if (next.renamed.contains(old.id)) continue;
        put({command_remove, number(old.id)});
        // What stays of its children is taken to its new parent by the order command.
        fields_.erase(old.id);
        orders_.erase(old.id);
        places_.erase(old.id);
        // Made anew as another kind of element, it gets the focus anew.
        if (dom_focus_ == old.id) dom_focus_ = app_focus_ = wanted_focus_ = 0;
    }
    for (const auto& [from, to] : next.renamed) rename(from, to);
    for (const SemanticsNode& node : next.nodes)
        if (!before_of(next, node)) create(node);
}

void Mirror::update_elements(const Next& next, bool all_places) {
    std::unordered_map<std::uint32_t, Place> moved_from;
    for (const SemanticsNode& node : next.nodes) {
        const SemanticsNode* before = before_of(next, node);
        const auto taken = next.recycled.find(node.id);
        const std::uint32_t old_id = taken == next.recycled.end() ? node.id : nodes_[taken->second].id;
        const bool had_children = parents_.contains(old_id), has_children = next.parents.contains(node.id);
        const auto same_parent = [&] {
            if (before->parent == node.parent) return true;
            const auto moved = next.renamed.find(before->parent);
            return moved != next.renamed.end() && moved->second == node.parent;
        };
        const auto parent_move = moved_from.find(node.parent);
        const bool place_changed = !before || all_places || !same_parent() ||
                                   parent_move != moved_from.end() || before->layer != node.layer ||
                                   !same(before->box, node.box) || !same(before->clip, node.clip);
        if (before && !place_changed && !dom::is_field(node) && had_children == has_children && same_node(*before, node))
            continue;
        if (place_changed) {
            const Place old = places_[node.id];
            const Box now = visible_box(node);
            const Place old_parent = parent_move != moved_from.end() ? parent_move->second : places_[node.parent];
            const Box then = before ? visible_box(*before) : Box{};
            const Place parent = places_[node.parent];
            // A row that only moved along with its grid keeps its place within it: nothing to do.
            const bool along = before && !all_places && same_parent() && before->layer == node.layer &&
                               now.width == then.width && now.height == then.height && !dom::is_field(node) &&
                               now.x - parent.x == old.x - old_parent.x && now.y - parent.y == old.y - old_parent.y;
            if (along) places_[node.id] = {now.x, now.y};
            else update_box(node, before);
            if (before && (old.x != now.x || old.y != now.y)) moved_from[node.id] = old;
        }
        update(node, before, had_children, has_children);
        if (dom::is_field(node)) update_field(node, before);
    }
}

void Mirror::sync(const SemanticsFrame& frame, double scale, float field_padding_x, float field_padding_y) {
    const bool all_places = scale != scale_;
    scale_ = scale;
    padding_x_ = field_padding_x;
    padding_y_ = field_padding_y;
    commands_.clear();
    strings_.clear();
    Next next = take(frame);
    replace_elements(next);
    update_elements(next, all_places);
    update_order(next.nodes);
    nodes_ = std::move(next.nodes);
    index_ = std::move(next.index);
    parents_ = std::move(next.parents);
    update_focus(frame);
    update_findable(frame);

    if (!commands_.empty())
        outpost_js_mirror(commands_.data(), static_cast<int>(commands_.size()), strings_.data(), scale);
    announce(frame);
    if (frame.page_title != title_ || frame.language != language_) {
        language_changed_ = language_changed_ || frame.language != language_;
        title_ = frame.page_title;
        language_ = frame.language;
        outpost_js_set_document(title_.data(), length_of(title_), language_.data(), length_of(language_));
    }
}

void Mirror::update_findable(const SemanticsFrame& frame) {
    if (frame.findable == findable_) return;
    findable_ = frame.findable;
    if (!findable_) return put({command_findable, 0, 0});
    put({command_findable, number(findable_->grid), static_cast<std::int32_t>(findable_->rows.size())});
    for (const FindableRows::Row& row : findable_->rows) put({row.row_index, put_text(row.text), length_of(row.text)});
}

void Mirror::focus_left(std::uint32_t id) {
    if (dom_focus_ == id) dom_focus_ = 0;
}

void Mirror::value_reported(std::uint32_t id, std::string_view value) {
    const auto field = fields_.find(id);
    if (field == fields_.end()) return;
    field->second.dom_value = value;
    field->second.reported.emplace_back(value);
}

}  // namespace outpost
