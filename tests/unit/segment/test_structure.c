/* Small inputs and the exact trees that they give. */
#include "fixture.h"

#include <criterion/criterion.h>
#include <stdlib.h>

struct tree_case {
    const char *what, *source, *tree;
};

static const struct tree_case cases[] = {
    {"decimal points",
     "RESOLVED:\n"
     "\n"
     "1. That the report be noted.\n"
     "\n"
     "2. That the plan be approved.\n",
     "body\n"
     "  p RESOLVED:\n"
     "  list\n"
     "    item\n"
     "      p {1.} That the report be noted.\n"
     "    item\n"
     "      p {2.} That the plan be approved.\n"},
    {"decimal parentheses",
     "Resolved:\n"
     "\n"
     "1) To thank the director.\n"
     "\n"
     "2) To receive a report.\n",
     "body\n"
     "  p Resolved:\n"
     "  list\n"
     "    item\n"
     "      p {1)} To thank the director.\n"
     "    item\n"
     "      p {2)} To receive a report.\n"},
    {"decimals in parentheses",
     "Resolved that:\n"
     "\n"
     "(1) Members would receive an update.\n"
     "\n"
     "(2) The report was noted.\n",
     "body\n"
     "  p Resolved that:\n"
     "  list\n"
     "    item\n"
     "      p {(1)} Members would receive an update.\n"
     "    item\n"
     "      p {(2)} The report was noted.\n"},
    {"no space behind the bracket",
     "Resolved that:\n"
     "\n"
     "(1)the findings be noted; and\n"
     "\n"
     "(2)the plan be agreed.\n",
     "body\n"
     "  p Resolved that:\n"
     "  list\n"
     "    item\n"
     "      p {(1)} the findings be noted; and\n"
     "    item\n"
     "      p {(2)} the plan be agreed.\n"},
    {"letters",
     "AGREED:\n"
     "\n"
     "a) That the report be noted;\n"
     "\n"
     "b) That the plan be approved.\n",
     "body\n"
     "  p AGREED:\n"
     "  list\n"
     "    item\n"
     "      p {a)} That the report be noted;\n"
     "    item\n"
     "      p {b)} That the plan be approved.\n"},
    {"letters in parentheses, on one level with the rest",
     "AGREED\n"
     "\n"
     "(a) That the report be noted; and\n"
     "\n"
     "(b) That the plan be approved.\n",
     "body\n"
     "  div\n"
     "    head AGREED\n"
     "    list\n"
     "      item\n"
     "        p {(a)} That the report be noted; and\n"
     "      item\n"
     "        p {(b)} That the plan be approved.\n"},
    {"capital letters",
     "It was resolved to:\n"
     "\n"
     "A. Note the report.\n"
     "\n"
     "B. Approve the plan.\n",
     "body\n"
     "  p It was resolved to:\n"
     "  list\n"
     "    item\n"
     "      p {A.} Note the report.\n"
     "    item\n"
     "      p {B.} Approve the plan.\n"},
    {"Roman numerals",
     "The points were:\n"
     "\n"
     "i) First point made here.\n"
     "\n"
     "ii) Second point made here.\n"
     "\n"
     "iii) Third point made here.\n"
     "\n"
     "iv) Fourth point.\n"
     "\n"
     "v) Fifth point.\n",
     "body\n"
     "  p The points were:\n"
     "  list\n"
     "    item\n"
     "      p {i)} First point made here.\n"
     "    item\n"
     "      p {ii)} Second point made here.\n"
     "    item\n"
     "      p {iii)} Third point made here.\n"
     "    item\n"
     "      p {iv)} Fourth point.\n"
     "    item\n"
     "      p {v)} Fifth point.\n"},
    {"Roman numerals with points",
     "The points were:\n"
     "\n"
     "i. First point.\n"
     "\n"
     "ii. Second point.\n",
     "body\n"
     "  p The points were:\n"
     "  list\n"
     "    item\n"
     "      p {i.} First point.\n"
     "    item\n"
     "      p {ii.} Second point.\n"},
    {"letter i after h",
     "The points were:\n"
     "\n"
     "(g) one thing\n"
     "\n"
     "(h) another thing\n"
     "\n"
     "(i) a third thing\n"
     "\n"
     "(j) a fourth thing\n",
     "body\n"
     "  p The points were:\n"
     "  list\n"
     "    item\n"
     "      p {(g)} one thing\n"
     "    item\n"
     "      p {(h)} another thing\n"
     "    item\n"
     "      p {(i)} a third thing\n"
     "    item\n"
     "      p {(j)} a fourth thing\n"},
    {"Roman i after h when ii follows",
     "The points were:\n"
     "\n"
     "(g) one thing\n"
     "\n"
     "(h) another thing:\n"
     "\n"
     "(i) a part\n"
     "\n"
     "(ii) another part\n"
     "\n"
     "(iii) a last part\n",
     "body\n"
     "  p The points were:\n"
     "  list\n"
     "    item\n"
     "      p {(g)} one thing\n"
     "    item\n"
     "      p {(h)} another thing:\n"
     "      list\n"
     "        item\n"
     "          p {(i)} a part\n"
     "        item\n"
     "          p {(ii)} another part\n"
     "        item\n"
     "          p {(iii)} a last part\n"},
    {"bullets",
     "The points were:\n"
     "\n"
     "• One\n"
     "• Two\n"
     "\n"
     "· Another list\n"
     "· And its end\n",
     "body\n"
     "  p The points were:\n"
     "  list\n"
     "    item\n"
     "      p {•} One\n"
     "    item\n"
     "      p {•} Two\n"
     "  list\n"
     "    item\n"
     "      p {·} Another list\n"
     "    item\n"
     "      p {·} And its end\n"},
    {"private-use bullets",
     "The points were:\n"
     "\n"
     "\357\202\267 One\n"
     "\357\202\267 Two\n",
     "body\n"
     "  p The points were:\n"
     "  list\n"
     "    item\n"
     "      p {\357\202\267} One\n"
     "    item\n"
     "      p {\357\202\267} Two\n"},
    {"another bullet inside",
     "The points were:\n"
     "\n"
     "• One\n"
     "o First part\n"
     "o Second part\n"
     "• Two\n",
     "body\n"
     "  p The points were:\n"
     "  list\n"
     "    item\n"
     "      p {•} One\n"
     "      list\n"
     "        item\n"
     "          p {o} First part\n"
     "        item\n"
     "          p {o} Second part\n"
     "    item\n"
     "      p {•} Two\n"},
    {"a bullet of another kind after and",
     "The department should:\n"
     "\n"
     "• change the times; and\n"
     "§ pay for screens.\n",
     "body\n"
     "  p The department should:\n"
     "  list\n"
     "    item\n"
     "      p {•} change the times; and\n"
     "    item\n"
     "      p {§} pay for screens.\n"},
    {"inline inside a point",
     "(a) (i) That the report be noted; (ii) That the plan be agreed.\n"
     "\n"
     "(b) That the chair be thanked.\n",
     "body\n"
     "  list\n"
     "    item\n"
     "      list\n"
     "        item\n"
     "          p {(a) (i)} That the report be noted;\n"
     "        item\n"
     "          p {(ii)} That the plan be agreed.\n"
     "    item\n"
     "      p {(b)} That the chair be thanked.\n"},
    {"dashes as bullets",
     "Members said:\n"
     "\n"
     "- The homes were needed.\n"
     "- The lane was narrow.\n",
     "body\n"
     "  p Members said:\n"
     "  list\n"
     "    item\n"
     "      p {-} The homes were needed.\n"
     "    item\n"
     "      p {-} The lane was narrow.\n"},
    {"o and section sign",
     "The options:\n"
     "\n"
     "o   Keep the library open\n"
     "\n"
     "o   Close the library\n",
     "body\n"
     "  p The options:\n"
     "  list\n"
     "    item\n"
     "      p {o} Keep the library open\n"
     "    item\n"
     "      p {o} Close the library\n"},
    {"points whose numbers have no sign",
     "It was resolved:\n"
     "1 to agree:\n"
     "i. the savings;\n"
     "ii. the fees; and\n"
     "2 to defer the tip to the meeting in June;\n"
     "3 to request a review.\n"
     "\n"
     "There were 4 of us left.\n",
     "body\n"
     "  p It was resolved:\n"
     "  list\n"
     "    item\n"
     "      p {1} to agree:\n"
     "      list\n"
     "        item\n"
     "          p {i.} the savings;\n"
     "        item\n"
     "          p {ii.} the fees; and\n"
     "    item\n"
     "      p {2} to defer the tip to the meeting in June;\n"
     "    item\n"
     "      p {3} to request a review.\n"
     "  p There were 4 of us left.\n"},
    {"a page's number at a drawn line, in a sentence",
     "It was agreed that the Director be authorised to sign the\n"
     "\n"
     "lease with the\n"
     "\n"
     "---\n"
     "4\n"
     "\n"
     "new tenants of the hall at the weir before the winter.\n",
     "body\n"
     "  p + It was agreed that the Director be authorised to sign the lease with the\n"
     "  fw ---\n"
     "  fw 4\n"
     "  p new tenants of the hall at the weir before the winter.\n"},
    {"a number alone on its line",
     "1.\n"
     "\n"
     "Adoption of Minutes\n"
     "\n"
     "The minutes of the meeting of 11th May were confirmed by the Members.\n"
     "\n"
     "2.\n"
     "\n"
     "Matters Arising\n"
     "\n"
     "There were no matters arising from the minutes of the last meeting.\n"
     "\n"
     "3.\n"
     "\n"
     "Correspondence\n"
     "\n"
     "The correspondence circulated with the agenda was taken as read.\n",
     "body\n"
     "  div\n"
     "    head {1.} Adoption of Minutes\n"
     "    p The minutes of the meeting of 11th May were confirmed by the Members.\n"
     "  div\n"
     "    head {2.} Matters Arising\n"
     "    p There were no matters arising from the minutes of the last meeting.\n"
     "  div\n"
     "    head {3.} Correspondence\n"
     "    p The correspondence circulated with the agenda was taken as read.\n"},
    {"numbered headings",
     "1. Apologies\n"
     "\n"
     "Apologies for absence were received from Councillors Emslie and Vane.\n"
     "\n"
     "2. Minutes\n"
     "\n"
     "The minutes of the last meeting were confirmed as a correct record.\n"
     "\n"
     "3. Date of next meeting\n"
     "\n"
     "The next meeting will be held on Tuesday 5 May at 7.30 pm.\n",
     "body\n"
     "  div\n"
     "    head {1.} Apologies\n"
     "    p Apologies for absence were received from Councillors Emslie and Vane.\n"
     "  div\n"
     "    head {2.} Minutes\n"
     "    p The minutes of the last meeting were confirmed as a correct record.\n"
     "  div\n"
     "    head {3.} Date of next meeting\n"
     "    p The next meeting will be held on Tuesday 5 May at 7.30 pm.\n"},
    {"headings by levels",
     "2.1 Adoption\n"
     "\n"
     "Children wait for less time than they did at the last inspection.\n"
     "\n"
     "2.2 Care leavers\n"
     "\n"
     "Care leavers told inspectors that they know their personal advisers.\n",
     "body\n"
     "  div\n"
     "    head {2.1} Adoption\n"
     "    p Children wait for less time than they did at the last inspection.\n"
     "  div\n"
     "    head {2.2} Care leavers\n"
     "    p Care leavers told inspectors that they know their personal advisers.\n"},
    {"numbers without a sign",
     "1 Procedural business\n"
     "\n"
     "There were no declarations of substitutes at the meeting.\n"
     "\n"
     "2 Minutes\n"
     "\n"
     "The minutes were approved as a correct record of the proceedings.\n"
     "\n"
     "3 Communications\n"
     "\n"
     "The Chair gave the following news to the committee about the year.\n",
     "body\n"
     "  div\n"
     "    head {1} Procedural business\n"
     "    p There were no declarations of substitutes at the meeting.\n"
     "  div\n"
     "    head {2} Minutes\n"
     "    p The minutes were approved as a correct record of the proceedings.\n"
     "  div\n"
     "    head {3} Communications\n"
     "    p The Chair gave the following news to the committee about the year.\n"},
    {"numbers of four digits alone",
     "1916.\n"
     "\n"
     "Apologies (Agenda item 1)\n"
     "\n"
     "Minutes:\n"
     "\n"
     "Apologies were received from Mr Smith.\n"
     "\n"
     "1917.\n"
     "\n"
     "Budget\n"
     "\n"
     "Minutes:\n"
     "\n"
     "There was none.\n",
     "body\n"
     "  div\n"
     "    head {1916.} Apologies (Agenda item 1)\n"
     "    div =minutes\n"
     "      head @ Minutes:\n"
     "      p Apologies were received from Mr Smith.\n"
     "  div\n"
     "    head {1917.} Budget\n"
     "    div =minutes\n"
     "      head @ Minutes:\n"
     "      p There was none.\n"},
    {"item words as headings",
     "Item 7. Land north of the lane\n"
     "\n"
     "The case officer presented the report and circulated a late paper.\n"
     "\n"
     "Item 8. Appeals\n"
     "\n"
     "The schedule of appeals was presented for information to the committee.\n",
     "body\n"
     "  div\n"
     "    head Item 7. Land north of the lane\n"
     "    p The case officer presented the report and circulated a late paper.\n"
     "  div\n"
     "    head Item 8. Appeals\n"
     "    p The schedule of appeals was presented for information to the committee.\n"},
    {"numbered items are no headings",
     "The members agreed:\n"
     "\n"
     "1. Apples\n"
     "\n"
     "2. Pears\n"
     "\n"
     "3. Plums\n",
     "body\n"
     "  p The members agreed:\n"
     "  list\n"
     "    item\n"
     "      p {1.} Apples\n"
     "    item\n"
     "      p {2.} Pears\n"
     "    item\n"
     "      p {3.} Plums\n"},
    {"nested list",
     "That the Committee agree:\n"
     "\n"
     "1. to note the report;\n"
     "\n"
     "2. to ask for\n"
     "\n"
     "(a) a plan; and\n"
     "\n"
     "(b) a budget; and\n"
     "\n"
     "3. to meet again.\n",
     "body\n"
     "  p That the Committee agree:\n"
     "  list\n"
     "    item\n"
     "      p {1.} to note the report;\n"
     "    item\n"
     "      p {2.} to ask for\n"
     "      list\n"
     "        item\n"
     "          p {(a)} a plan; and\n"
     "        item\n"
     "          p {(b)} a budget; and\n"
     "    item\n"
     "      p {3.} to meet again.\n"},
    {"three levels",
     "RESOLVED:\n"
     "\n"
     "1. That the following be agreed:\n"
     "\n"
     "(a) the plan, subject to\n"
     "\n"
     "(i) a named officer; and\n"
     "\n"
     "(ii) a date;\n"
     "\n"
     "(b) the budget.\n"
     "\n"
     "2. That the chair be thanked.\n",
     "body\n"
     "  p RESOLVED:\n"
     "  list\n"
     "    item\n"
     "      p {1.} That the following be agreed:\n"
     "      list\n"
     "        item\n"
     "          p {(a)} the plan, subject to\n"
     "          list\n"
     "            item\n"
     "              p {(i)} a named officer; and\n"
     "            item\n"
     "              p {(ii)} a date;\n"
     "        item\n"
     "          p {(b)} the budget.\n"
     "    item\n"
     "      p {2.} That the chair be thanked.\n"},
    {"bullets inside letters",
     "(a) That the constitution be adopted; and\n"
     "\n"
     "(b) That it be reviewed and the results reported:\n"
     "\n"
     "• annually; and\n"
     "\n"
     "• whenever the law changes.\n",
     "body\n"
     "  list\n"
     "    item\n"
     "      p {(a)} That the constitution be adopted; and\n"
     "    item\n"
     "      p {(b)} That it be reviewed and the results reported:\n"
     "      list\n"
     "        item\n"
     "          p {•} annually; and\n"
     "        item\n"
     "          p {•} whenever the law changes.\n"},
    {"restart",
     "First list:\n"
     "\n"
     "1. one thing to do\n"
     "\n"
     "2. another thing to do\n"
     "\n"
     "1. a new list\n"
     "\n"
     "2. and its end\n",
     "body\n"
     "  p First list:\n"
     "  list\n"
     "    item\n"
     "      p {1.} one thing to do\n"
     "    item\n"
     "      p {2.} another thing to do\n"
     "  list\n"
     "    item\n"
     "      p {1.} a new list\n"
     "    item\n"
     "      p {2.} and its end\n"},
    {"a run goes on after one paragraph",
     "RESOLVED:\n"
     "\n"
     "1. That the report be noted.\n"
     "\n"
     "(Councillor X dissenting)\n"
     "\n"
     "2. That the plan be approved.\n",
     "body\n"
     "  p RESOLVED:\n"
     "  list\n"
     "    item\n"
     "      p {1.} That the report be noted.\n"
     "      p (Councillor X dissenting)\n"
     "    item\n"
     "      p {2.} That the plan be approved.\n"},
    {"a lead-in ends the list",
     "RESOLVED:\n"
     "\n"
     "1. That the report be noted.\n"
     "\n"
     "The Committee further agreed:\n"
     "\n"
     "1. That the plan be approved.\n",
     "body\n"
     "  p RESOLVED:\n"
     "  list\n"
     "    item\n"
     "      p {1.} That the report be noted.\n"
     "  p The Committee further agreed:\n"
     "  list\n"
     "    item\n"
     "      p {1.} That the plan be approved.\n"},
    {"an item runs on after a stray break",
     "RESOLVED That:\n"
     "\n"
     "i) the final report be endorsed, subject to words making clear that\n"
     "\n"
     "the cost of weekend travel has not been discussed;\n"
     "\n"
     "ii) the report be referred to the Executive.\n",
     "body\n"
     "  p RESOLVED That:\n"
     "  list\n"
     "    item\n"
     "      p + {i)} the final report be endorsed, subject to words making clear that the cost of weekend travel has "
     "not been discussed;\n"
     "    item\n"
     "      p {ii)} the report be referred to the Executive.\n"},
    {"an item that breaks before a capital",
     "Resolved that (1)the findings of Ofsted be noted; and\n"
     "\n"
     "(2)  the areas for development and the commitment by the\n"
     "\n"
     "Service Area to address these be noted.\n"
     "\n"
     "At this point the Mayor thanked the partners for attending.\n",
     "body\n"
     "  p Resolved that\n"
     "  list\n"
     "    item\n"
     "      p {(1)} the findings of Ofsted be noted; and\n"
     "    item\n"
     "      p + {(2)} the areas for development and the commitment by the Service Area to address these be noted.\n"
     "  p At this point the Mayor thanked the partners for attending.\n"},
    {"lower-case clauses stay apart",
     "RESOLVED: that\n"
     "\n"
     "officers seek quotations for an attendant during July;\n"
     "the question of a charge be left over; and\n"
     "the group be thanked for its efforts.\n",
     "body\n"
     "  p RESOLVED: that\n"
     "  p officers seek quotations for an attendant during July;\n"
     "  p the question of a charge be left over; and\n"
     "  p the group be thanked for its efforts.\n"},
    {"inline enumeration",
     "RESOLVED – (a) That the register be noted; (b) That scores be added; and (c) That business continuity remain on "
     "the register. (Carried, Councillor Pinder dissenting.)\n",
     "body\n"
     "  p RESOLVED –\n"
     "  list\n"
     "    item\n"
     "      p {(a)} That the register be noted;\n"
     "    item\n"
     "      p {(b)} That scores be added; and\n"
     "    item\n"
     "      p {(c)} That business continuity remain on the register.\n"
     "  p (Carried, Councillor Pinder dissenting.)\n"},
    {"inline from the start", "(a) That the Constitution be adopted; (b) That a review be carried out.\n",
     "body\n"
     "  list\n"
     "    item\n"
     "      p {(a)} That the Constitution be adopted;\n"
     "    item\n"
     "      p {(b)} That a review be carried out.\n"},
    {"inline numbers behind a colon", "That Cabinet: 1. Noted the report. 2. Approved the transfer of the service.\n",
     "body\n"
     "  p That Cabinet:\n"
     "  list\n"
     "    item\n"
     "      p {1.} Noted the report.\n"
     "    item\n"
     "      p {2.} Approved the transfer of the service.\n"},
    {"inline references are no enumeration",
     "Members requested that items 5 (a) and (b) of the agenda be taken together at the next meeting.\n",
     "body\n"
     "  p Members requested that items 5 (a) and (b) of the agenda be taken together at the next meeting.\n"},
    {"votes in brackets are no enumeration",
     "Councillors Collins (B), Collins (J), Ryan (E) and Sheahan (K) attended the meeting.\n",
     "body\n"
     "  p Councillors Collins (B), Collins (J), Ryan (E) and Sheahan (K) attended the meeting.\n"},
    {"both enumerators on one line",
     "(a) (i) That the report be noted.\n"
     "\n"
     "(ii) That the plan be agreed.\n"
     "\n"
     "(b) That the chair be thanked.\n",
     "body\n"
     "  list\n"
     "    item\n"
     "      list\n"
     "        item\n"
     "          p {(a) (i)} That the report be noted.\n"
     "        item\n"
     "          p {(ii)} That the plan be agreed.\n"
     "    item\n"
     "      p {(b)} That the chair be thanked.\n"},
    {"labels",
     "Purpose: To consider the findings and agree topics.\n"
     "\n"
     "Minutes:\n"
     "\n"
     "The Commission considered a report.\n"
     "\n"
     "Decision:\n"
     "\n"
     "That the report be noted.\n"
     "\n"
     "Reasons:\n"
     "\n"
     "The review must save money.\n"
     "\n"
     "Supporting documents:\n"
     "\n"
     "Report of the Director\n",
     "body\n"
     "  div =purpose\n"
     "    head @ Purpose:\n"
     "    p To consider the findings and agree topics.\n"
     "  div =minutes\n"
     "    head @ Minutes:\n"
     "    p The Commission considered a report.\n"
     "  div =decision\n"
     "    head @ Decision:\n"
     "    p That the report be noted.\n"
     "  div =reason\n"
     "    head @ Reasons:\n"
     "    p The review must save money.\n"
     "  div =documents\n"
     "    head @ Supporting documents:\n"
     "    p Report of the Director\n"},
    {"a label's paragraph ends its section",
     "Contact: R Keay, Democratic Services\n"
     "\n"
     "The meeting was held in the council chamber and began at seven.\n",
     "body\n"
     "  div =contact\n"
     "    head @ Contact:\n"
     "    p R Keay, Democratic Services\n"
     "  p The meeting was held in the council chamber and began at seven.\n"},
    {"words that await a clause head nothing",
     "The minutes had been sent to all members.\n"
     "\n"
     "PROPOSED by Councillor Kerr Seconded by Councillor Crawford, and\n"
     "\n"
     "RESOLVED: that the minutes be taken as read and signed as correct.\n",
     "body\n"
     "  p The minutes had been sent to all members.\n"
     "  p PROPOSED by Councillor Kerr Seconded by Councillor Crawford, and\n"
     "  p RESOLVED: that the minutes be taken as read and signed as correct.\n"},
    {"a colon leads in, it heads nothing",
     "Proposed by Councillor Daly;\n"
     "\n"
     "Seconded by Councillor Galvin;\n"
     "\n"
     "And Resolved:\n"
     "\n"
     "“That, the report be adopted.”\n",
     "body\n"
     "  p Proposed by Councillor Daly;\n"
     "  p Seconded by Councillor Galvin;\n"
     "  p And Resolved:\n"
     "  p “That, the report be adopted.”\n"},
    {"furniture",
     "Agenda item\n"
     "\n"
     "pdf icon PDF 78 KB\n"
     "\n"
     "View directions\n"
     "\n"
     "The Committee considered a report of the Director on the matter.\n"
     "\n"
     "Page 3 of 7\n"
     "\n"
     "________________\n"
     "\n"
     "- 4 -\n",
     "body\n"
     "  p Agenda item\n"
     "  fw pdf icon PDF 78 KB\n"
     "  fw View directions\n"
     "  p The Committee considered a report of the Director on the matter.\n"
     "  fw Page 3 of 7\n"
     "  fw ________________\n"
     "  fw - 4 -\n"},
    {"wrapped lines",
     "The case officer presented the report to the committee and then circulated\n"
     "a late paper, which contained the comments of the flood authority and four\n"
     "further letters from residents of the village.\n"
     "\n"
     "The site lay outside the limits of development in the plan of 2008 but had\n"
     "been allocated in the emerging plan, which had reached examination, and so\n"
     "the application was recommended for approval.\n",
     "body\n"
     "  p The case officer presented the report to the committee and then circulated a late paper, which contained the "
     "comments of the flood authority and four further letters from residents of the village.\n"
     "  p The site lay outside the limits of development in the plan of 2008 but had been allocated in the emerging "
     "plan, which had reached examination, and so the application was recommended for approval.\n"},
    {"a blank line after every line",
     "The case officer presented the report to the committee and then circulated\n"
     "\n"
     "a late paper, which contained the comments of the flood authority and four\n"
     "\n"
     "further letters from residents of the village.\n"
     "\n"
     "The site lay outside the limits of development in the plan of 2008 but had\n"
     "\n"
     "been allocated in the emerging plan, which had reached examination, and so\n"
     "\n"
     "the application was recommended for approval.\n",
     "body\n"
     "  p The case officer presented the report to the committee and then circulated a late paper, which contained the "
     "comments of the flood authority and four further letters from residents of the village.\n"
     "  p The site lay outside the limits of development in the plan of 2008 but had been allocated in the emerging "
     "plan, which had reached examination, and so the application was recommended for approval.\n"},
    {"page breaks",
     "[Original file](https://example.org/a.pdf)\n"
     "\n"
     "---\n"
     "The report had been prepared by the director in accordance with the rules\n"
     "\n"
     "of the council and the regulations that were made by the minister in that\n"
     "\n"
     "year, and it was noted that it is proposed to proceed as in section three\n"
     "\n"
     "---\n"
     "2\n"
     "\n"
     "of the report. The members thanked the director for the report and for all\n"
     "\n"
     "of the work.\n"
     "\n"
     "**3.**\n"
     "\n"
     "**Any other business**\n"
     "\n"
     "The chair thanked the members for attending and closed the meeting at nine\n"
     "\n"
     "in the evening.\n",
     "body\n"
     "  fw Original file\n"
     "  p + The report had been prepared by the director in accordance with the rules of the council and the "
     "regulations that were made by the minister in that year, and it was noted that it is proposed to proceed as in "
     "section three of the report. / The members thanked the director for the report and for all of the work.\n"
     "  fw 2\n"
     "  div\n"
     "    head {3.} Any other business\n"
     "    p The chair thanked the members for attending and closed the meeting at nine in the evening.\n"},
    {"hyphens at line ends",
     "The placement of children was discussed at length by the whole of the com-\n"
     "mittee, which found that decision-making in the department was slow. Other\n"
     "people thought that a place-\n"
     "ment was a matter of luck and that the decision-\n"
     "making process should be faster than it was in the last year of the review.\n",
     "body\n"
     "  p The placement of children was discussed at length by the whole of the committee, which found that "
     "decision-making in the department was slow. / Other people thought that a placement was a matter of luck and "
     "that the decision-making process should be faster than it was in the last year of the review.\n"},
    {"minute numbers",
     "<html><body><table><tr><td>16/01/08</td><td><p><b>Play area</b></p><p>The swings were in good "
     "order.</p></td></tr><tr><td>16/01/09</td><td><p><b>Finance</b></p><p>The clerk read the "
     "accounts.</p></td></tr></table></body></html>\n",
     "body\n"
     "  div\n"
     "    head {16/01/08} Play area\n"
     "    p The swings were in good order.\n"
     "  div\n"
     "    head {16/01/09} Finance\n"
     "    p The clerk read the accounts.\n"},
    {"bold headings",
     "**Bathing water**\n"
     "\n"
     "The engineer gave a presentation on the results of the sampling for the year.\n"
     "\n"
     "**Litter plan**\n"
     "\n"
     "The officer said that forty-four submissions had been received from the public.\n",
     "body\n"
     "  div\n"
     "    head Bathing water\n"
     "    p The engineer gave a presentation on the results of the sampling for the year.\n"
     "  div\n"
     "    head Litter plan\n"
     "    p The officer said that forty-four submissions had been received from the public.\n"},
    {"capital headings",
     "QUESTIONS\n"
     "\n"
     "The replies to the questions were circulated to all members prior to the meeting.\n"
     "\n"
     "NOTICES OF MOTION\n"
     "\n"
     "The motions on the agenda were deferred to the next meeting of the council.\n",
     "body\n"
     "  div\n"
     "    head QUESTIONS\n"
     "    p The replies to the questions were circulated to all members prior to the meeting.\n"
     "  div\n"
     "    head NOTICES OF MOTION\n"
     "    p The motions on the agenda were deferred to the next meeting of the council.\n"},
    {"names are no headings",
     "Present\n"
     "\n"
     "Ravindra Blakeney\n"
     "\n"
     "Sorcha Wetherall\n"
     "\n"
     "Hugo Pemberton\n"
     "\n"
     "Minty Farrow\n"
     "\n"
     "The chair welcomed everyone to the meeting and opened the first item.\n",
     "body\n"
     "  p Present\n"
     "  p Ravindra Blakeney\n"
     "  p Sorcha Wetherall\n"
     "  p Hugo Pemberton\n"
     "  p Minty Farrow\n"
     "  p The chair welcomed everyone to the meeting and opened the first item.\n"},
    {"HTML layout table",
     "<html><body><table><tr><td>1</td><td><h3>Apologies</h3><p>None were "
     "received.</p></td></tr><tr><td>2</td><td><h3>Minutes</h3><p>The minutes were "
     "approved.</p></td></tr></table></body></html>\n",
     "body\n"
     "  div\n"
     "    head {1} Apologies\n"
     "    p None were received.\n"
     "  div\n"
     "    head {2} Minutes\n"
     "    p The minutes were approved.\n"},
    {"HTML table of data",
     "<html><body><p>Actions</p><table><tr><th>Action</th><th>By when</th></tr><tr><td>Write to the "
     "Department</td><td>1 May 2019</td></tr></table></body></html>\n",
     "body\n"
     "  p Actions\n"
     "  table\n"
     "    row\n"
     "      cell\n"
     "        p Action\n"
     "      cell\n"
     "        p By when\n"
     "    row\n"
     "      cell\n"
     "        p Write to the Department\n"
     "      cell\n"
     "        p 1 May 2019\n"},
    {"HTML lists",
     "<html><body><p>RESOLVED that:</p><ol><li>The report be noted.</li><li>The plan be "
     "agreed:<ul><li>now</li><li>later</li></ul></li></ol><p>The meeting closed.</p></body></html>\n",
     "body\n"
     "  p RESOLVED that:\n"
     "  list\n"
     "    item\n"
     "      p The report be noted.\n"
     "    item\n"
     "      p The plan be agreed:\n"
     "      list\n"
     "        item\n"
     "          p now\n"
     "        item\n"
     "          p later\n"
     "  p The meeting closed.\n"},
    {"HTML paragraphs as lists",
     "<html><body><p><b>Recommendations</b></p><p>1)&nbsp; A single set of measures to be agreed.</p><p>2)&nbsp; "
     "Reports to be validated.</p></body></html>\n",
     "body\n"
     "  div\n"
     "    head Recommendations\n"
     "    list\n"
     "      item\n"
     "        p {1)} A single set of measures to be agreed.\n"
     "      item\n"
     "        p {2)} Reports to be validated.\n"},
};

Test(structure, trees)
{
    struct fixture fixture = fixture_open();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
        char *tree = fixture_tree(&fixture, mn_slice_of(cases[i].source));
        cr_expect_str_eq(tree, cases[i].tree, "%s:\n%s\ninstead of\n%s", cases[i].what, tree, cases[i].tree);
        free(tree);
    }
    fixture_close(&fixture);
}
