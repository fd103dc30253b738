// Mirror: keeps DOM elements over the canvas equal to the semantics of the drawn frame, so that screen readers,
// find-in-page, native text fields and browser tests have something real to work with.
// Invariant: a focused text field's DOM value is the person's; it is overwritten only when the app shows a value that
// it neither showed before nor was told by the field. Called by: web/platform.cpp, once a frame.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/semantics.h"

namespace outpost {

class Mirror {
public:
    // Makes the DOM equal to `frame`. scale: css px per device px. field_padding: ImGui's FramePadding.
    void sync(const SemanticsFrame& frame, double scale, float field_padding_x, float field_padding_y);

    // What the DOM reported; the platform calls these before it queues the event for the app.
    void focus_moved(std::uint32_t id) { dom_focus_ = id; }
    void focus_left(std::uint32_t id);
    void value_reported(std::uint32_t id, std::string_view value);
    // True while a text field has the keyboard: the mirror must then follow every frame.
    bool is_editing() const { return editing_; }
    bool is_field(std::uint32_t id) const { return fields_.contains(id); }
    bool language_changed() { return std::exchange(language_changed_, false); }
    int node_count() const { return static_cast<int>(nodes_.size()); }

private:
    struct Field {
        std::string dom_value;              // what stands in the DOM
        std::string app_value;              // what the app showed in the last frame
        std::deque<std::string> reported;   // told to the app, not yet seen back
    };
    struct Place {                          // where an element's children are measured from
        float x = 0, y = 0;
    };

    // Elements of rows that left take the place of rows that came: most of what they say about themselves stays.
    using Recycled = std::unordered_map<std::uint32_t, std::uint32_t>;  // new id → place of the old node in nodes_
    Recycled recycle(const std::vector<SemanticsNode>& next, const std::unordered_map<std::uint32_t, std::uint32_t>& index) const;
    // The frame that the DOM is to show, beside what it shows.
    struct Next {
        std::vector<SemanticsNode> nodes;
        std::unordered_map<std::uint32_t, std::uint32_t> index, renamed;  // id → place in `nodes`; old id → new id
        std::unordered_map<std::uint32_t, bool> parents;
        Recycled recycled;
    };
    Next take(const SemanticsFrame& frame) const;
    // The node that its element shows now; null when it has none yet.
    const SemanticsNode* before_of(const Next& next, const SemanticsNode& node) const;
    void replace_elements(const Next& next);
    void update_elements(const Next& next, bool all_places);
    void rename(std::uint32_t from, std::uint32_t to);
    void create(const SemanticsNode& node);
    void update(const SemanticsNode& node, const SemanticsNode* before, bool had_children, bool has_children);
    void update_box(const SemanticsNode& node, const SemanticsNode* before);
    void update_field(const SemanticsNode& node, const SemanticsNode* before);
    void update_order(const std::vector<SemanticsNode>& nodes);
    void update_focus(const SemanticsFrame& frame);
    void update_findable(const SemanticsFrame& frame);
    bool is_away(const SemanticsNode& node) const;
    bool is_sliver(const SemanticsNode& node, const Box& seen) const;
    Box visible_box(const SemanticsNode& node) const;
    void put(std::initializer_list<std::int32_t> values) { commands_.insert(commands_.end(), values); }
    std::int32_t put_text(std::string_view text);

    std::vector<SemanticsNode> nodes_;                          // the frame that the DOM shows
    std::unordered_map<std::uint32_t, std::uint32_t> index_;    // id → place in nodes_
    std::unordered_map<std::uint32_t, Place> places_;
    std::unordered_map<std::uint32_t, std::uint64_t> orders_;   // parent → hash of its children's order
    std::unordered_map<std::uint32_t, bool> parents_;           // ids that have children
    std::unordered_map<std::uint32_t, Field> fields_;
    std::shared_ptr<const FindableRows> findable_;
    std::vector<std::int32_t> commands_;
    std::string strings_;
    std::string title_, language_;
    double scale_ = 0;
    float padding_x_ = 0, padding_y_ = 0;
    std::uint32_t dom_focus_ = 0, app_focus_ = 0, wanted_focus_ = 0;
    bool editing_ = false;
    bool language_changed_ = false;
};

}  // namespace outpost
