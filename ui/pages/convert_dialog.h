// ConvertDialog: turns a lead into account, contact and opportunity. Shows what goes where, offers existing records that
// match with the reasons, and afterwards the three records. Called by: the lead's record page and list.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "core/conversion/convert_lead.h"
#include "ui/kit/kit.h"
#include "ui/page.h"
#include "ui/pages/field_editor.h"

namespace outpost {

class ConvertDialog : public Dialog {
public:
    ConvertDialog(Context& context, RecordRef lead);

    std::string title(Context& context) override;
    void draw(Context& context) override;
    void draw_footer(Context& context) override;
    float width() const override { return 640; }

private:
    // New record, one of the suggestions, or one found by search.
    struct Target {
        int choice = 0;                     // 0 new, 1 existing; of the opportunity also 2, none
        std::string existing;               // id text of the chosen record
        std::string existing_label;
        std::vector<MatchSuggestion> suggestions;
    };

    kit::FieldOptions required(Context& context, std::string_view label, bool is_missing);
    static RecordRef chosen(const Records& records, const Target& target);   // none for a new one
    void choose(Context& context, Target& target, RecordRef record);
    void choose_best(Context& context, Target& target);
    void take_account(Context& context);
    void draw_account(Context& context);
    void draw_contact(Context& context);
    void draw_opportunity(Context& context);
    void draw_status(Context& context);
    void draw_follow_up(Context& context);
    void draw_mapping(Context& context, ObjectIndex object, RecordRef existing);
    std::vector<RecordRef> open_opportunities(Context& context) const;
    void draw_target(Context& context, std::string_view key, ObjectIndex object, Target& target, std::string_view new_label);
    void draw_asked(Context& context, ObjectIndex object, std::vector<FieldDraft>& asked);
    void take_asked(Context& context, ObjectIndex object, std::vector<FieldDraft>& asked, std::vector<FieldValue>& fields, std::string& faulty);
    void draw_result(Context& context);
    void convert(Context& context);
    std::string reasons_text(Context& context, const MatchSuggestion& suggestion) const;

    RecordRef lead_;
    std::string lead_name_, lead_company_;
    Target account_, contact_, opportunity_;   // never a new account with a contact or an opportunity of an existing one
    std::vector<FieldDraft> account_asked_, contact_asked_, opportunity_asked_;   // required of new ones, and filled by nothing else
    std::string opportunity_name_;
    kit::NumberDraft amount_;
    kit::DateDraft close_date_;
    std::string status_;
    std::string owner_, owner_label_;
    bool follows_up_ = false, shows_mapping_ = false;
    std::string task_;
    kit::DateDraft task_due_;
    std::string error_, error_field_;
    std::deque<std::string> needs_;         // what fields say in this frame
    bool working_ = false, checks_ = false, focuses_ = false;
    Sequence sequence_ = 0;                 // of the conversion, for its undo
    std::vector<RecordRef> result_;         // account, contact, opportunity after the conversion
};

}  // namespace outpost
