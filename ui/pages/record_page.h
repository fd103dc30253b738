// Record page (#/r/<id>): one record of any object: header with actions, path, details that are edited in place, related
// lists, timeline. Works for a deleted record (restore), a converted lead (links to its three records) and an unknown id.
// Invariant: values are turned into text again only when the workspace's revision rose. Called by: the page registry.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/pipeline/opportunity_activity.h"
#include "ui/page.h"
#include "ui/pages/account_sales_card.h"
#include "ui/pages/segments.h"
#include "ui/pages/default_layout.h"
#include "ui/pages/duplicate_notice.h"
#include "ui/pages/field_editor.h"
#include "ui/pages/field_view.h"
#include "ui/pages/product_lines.h"
#include "ui/pages/record_address.h"
#include "ui/pages/record_trail.h"
#include "ui/pages/related_lists.h"
#include "ui/pages/timeline.h"

namespace outpost {

class RecordPage final : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void enter(Context& context, const Route& route) override;
    void leave(Context& context) override;
    void draw(Context& context, const Route& route) override;
    bool holds_draft() const override;
    // Beside its list: the way back and to the neighbours is the list itself.
    void set_beside_list() { beside_list_ = true; }

private:
    void refresh(Context& context, RecordRef record);
    void take_compose(Context& context, const Route& route);
    const FieldShown& shown(Context& context, RecordRef record, FieldIndex field);
    void draw_header(Context& context, RecordRef record);
    void draw_banners(Context& context, RecordRef record);
    void draw_top(Context& context, RecordRef record);
    void draw_stalled(Context& context, RecordRef record);
    void draw_reach(Context& context, RecordRef record);
    void draw_facts(Context& context, RecordRef record);
    void draw_trail(Context& context, const TrailPlace& place);
    void draw_trail_items(Context& context, const TrailPlace& place);
    void draw_wide(Context& context, RecordRef record);
    void draw_narrow(Context& context, RecordRef record);
    void begin_edit(Context& context, RecordRef record, const Object& object, const Field& field);
    void draw_details(Context& context, RecordRef record);
    void draw_stage(Context& context, RecordRef record);
    void draw_key_fields(Context& context, RecordRef record, const Object& object, const PicklistValue& stage, const std::vector<FieldIndex>& fields);
    void draw_guidance(Context& context, const PicklistValue& stage);
    // `note` stands behind its label.
    void draw_field(Context& context, RecordRef record, const Object& object, const Field& field, std::string_view note = {});
    void draw_editor(Context& context, RecordRef record, const Object& object, const Field& field);
    void save(Context& context, RecordRef record, const Object& object, const Field& field);

    RecordRef record_;
    bool read_only_ = false;
    ObjectLayout layout_;
    std::string layout_key_;
    std::unordered_map<std::uint16_t, FieldShown> values_;
    std::uint64_t values_revision_ = 0;
    std::optional<FieldDraft> edit_;
    std::optional<AddressEditor> address_;
    bool beside_list_ = false;
    enum class Place : std::uint8_t { Details, Stage, Facts } place_ = Place::Details, edit_place_ = Place::Details;   // a field can stand in two
    bool edit_begins_ = false;
    bool saving_ = false;
    int tab_ = 0;
    ProductLines products_;
    RelatedLists related_;
    std::optional<DuplicateNotice> duplicates_;
    Timeline timeline_;
    AccountSalesCard sales_;
    SegmentCard segment_;
    OpportunityPulse pulse_;             // of an opportunity, as of a revision
    RecordRef pulse_of_;
    std::uint64_t pulse_revision_ = 0;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

std::unique_ptr<Page> make_record_page();

}  // namespace outpost
